package dev.larder.spring.session;

import java.util.List;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;

/**
 * What {@link LarderHttpSessionConfiguration} is told by an annotation, or, if it is a bean, by who made that.
 *
 * @param cacheName the cache of the sessions
 * @param flushMode when changes are written
 * @param saveMode which attributes are taken for changed; not {@code ALWAYS}
 * @param allowedTypes types of the application that attributes may hold, or packages: {@code com.acme.**}
 * @param indexNames of indexes beside that of users, whose values a bean of the type {@code IndexResolver} tells
 * @param store the settings of the store; {@link SessionStoreCustomizer}s come after it
 */
public record LarderSessionSettings(
        String cacheName,
        FlushMode flushMode,
        SaveMode saveMode,
        List<String> allowedTypes,
        List<String> indexNames,
        SessionStoreCustomizer store) {

    /** The cache that sessions are in if nobody names another. */
    public static final String CACHE_NAME = "spring-sessions";

    /** Checks and copies.
     *
     * @throws IllegalArgumentException if all attributes should be saved always
     */
    public LarderSessionSettings {
        if (saveMode == SaveMode.ALWAYS) {
            throw new IllegalArgumentException(
                    "saveMode must not be ALWAYS, which undoes what other requests changed; ON_GET_ATTRIBUTE saves what was changed in place, too");
        }
        allowedTypes = List.copyOf(allowedTypes);
        indexNames = List.copyOf(indexNames);
    }

    static LarderSessionSettings defaults() {
        return new LarderSessionSettings(
                CACHE_NAME, FlushMode.ON_SAVE, SaveMode.ON_SET_ATTRIBUTE, List.of(), List.of(), store -> {});
    }
}
