package dev.larder.annotations.extra;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives what a method leaves in a cache tags, by which it can be invalidated together with others. Stands beside {@code @CacheResult} or
 * {@code @CachePut}. In a tag, <code>{0}</code> stands for the first argument of the call, <code>{1}</code> for the second, and so on:
 *
 * <pre>{@code
 * @CacheResult(cacheName = "orders")
 * @Tags({"orders", "customer:{0}"})
 * List<Order> ordersOf(long customer, int year);
 * }</pre>
 *
 * <p>Only caches of Larder whose store knows tags can do that. Over any other it is ignored, which is logged, and in strict mode refused.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Tags {

    /** The tags. */
    String[] value();
}
