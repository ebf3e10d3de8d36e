package dev.larder.annotations.extra;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;

/**
 * Says how long what a method leaves in a cache lives, whatever the expiry policy of the cache says. Stands beside {@code @CacheResult} or
 * {@code @CachePut}:
 *
 * <pre>{@code
 * @CacheResult(cacheName = "rates")
 * @Ttl(value = 5, unit = TimeUnit.MINUTES)
 * Rate rate(String currency);
 * }</pre>
 *
 * <p>Only caches of Larder can do that. Over any other it is ignored, which is logged, and in strict mode refused.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Ttl {

    /** More than zero. */
    long value();

    /** The unit; seconds unless told otherwise. */
    TimeUnit unit() default TimeUnit.SECONDS;
}
