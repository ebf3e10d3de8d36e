package dev.larder.annotations.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/**
 * Puts the annotations of JSR-107 in force for Spring's beans, by the rules of the standard and with what this library adds. Stands at a configuration class:
 *
 * <pre>{@code
 * @Configuration
 * @EnableCacheAnnotations
 * class Caches {}
 * }</pre>
 *
 * <p>It is for applications that do not use {@code @EnableCaching}: with that, Spring obeys the same annotations as well, in its own way, if it finds JCache on the class path. The caches are those of the bean of type
 * {@link javax.cache.CacheManager}, else those of the default provider.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Import(CacheAnnotationsRegistrar.class)
public @interface EnableCacheAnnotations {

    /** Whether beans are proxied by a subclass although they have interfaces. */
    boolean proxyTargetClass() default false;

    /** Where the interceptor stands among others. Unless told otherwise around that of {@code @Transactional}, whose order is the lowest: the cache is changed after the commit. */
    int order() default Ordered.LOWEST_PRECEDENCE - 100;
}
