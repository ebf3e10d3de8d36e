package dev.larder.spring.session;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.session.FlushMode;
import org.springframework.session.MapSession;
import org.springframework.session.SaveMode;

/**
 * Put on a configuration: the sessions of HTTP are Spring's, in a {@link LarderSessionRepository}, behind the filter
 * {@code springSessionRepositoryFilter}.
 *
 * <pre>{@code
 * @Configuration
 * @EnableLarderHttpSession(cacheName = "shop-sessions")
 * class Sessions {
 *     @Bean
 *     CacheManager cacheManager() {
 *         return Caching.getCachingProvider().getCacheManager();
 *     }
 * }
 * }</pre>
 *
 * <p>The bean of the type {@link javax.cache.CacheManager} has the cache; without one, the default manager of Larder's provider, or else of the only provider
 * there is. Beans that are looked at if they are there: {@link SessionStoreCustomizer} for all further settings,
 * {@link dev.larder.patterns.session.AttributeCodec}, and what Spring Session itself looks for (its {@code IndexResolver}, its
 * {@code CookieSerializer}, its {@code HttpSessionIdResolver}).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Documented
@Import(LarderHttpSessionConfiguration.class)
public @interface EnableLarderHttpSession {

    /** How many seconds a session lives without a request; negative for as long as its cache keeps it. */
    int maxInactiveIntervalInSeconds() default MapSession.DEFAULT_MAX_INACTIVE_INTERVAL_SECONDS;

    /** The cache of the sessions, which is made if it is not there; may hold {@code ${...}}. */
    String cacheName() default LarderSessionSettings.CACHE_NAME;

    /** When changes are written. */
    FlushMode flushMode() default FlushMode.ON_SAVE;

    /**
     * Which attributes are taken for changed: those that were set, or, with {@code ON_GET_ATTRIBUTE}, also those that were read and
     * whose bytes are other ones afterwards. {@code ALWAYS} is refused: it would undo what other requests changed.
     */
    SaveMode saveMode() default SaveMode.ON_SET_ATTRIBUTE;

    /**
     * The types of your own that attributes may hold, by the name of a class or of a package with {@code .**} behind it. Types of
     * Spring Security, and plain ones of the JDK, need not be said.
     */
    String[] allowedTypes() default {};
}
