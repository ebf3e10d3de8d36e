package dev.larder.jcache;

import javax.cache.CacheManager;

/**
 * Tells how the caches of a manager are configured, and where that was said. Got by {@link #of}, or by
 * {@code manager.unwrap(EffectiveConfiguration.class)}.
 *
 * <pre>{@code
 * System.out.println(EffectiveConfiguration.of(manager).describe());
 * }</pre>
 */
public interface EffectiveConfiguration {

    /**
     * Returns the configuration of a manager's caches.
     *
     * @throws IllegalArgumentException if it is not one of Larder's
     */
    static EffectiveConfiguration of(CacheManager manager) {
        return manager.unwrap(EffectiveConfiguration.class);
    }

    /**
     * Returns a text for people: the file, its stores, and for each cache the template, and each setting with its value and
     * origin as it was when the cache was made. Secrets are masked. The form of the text may change.
     *
     * @throws IllegalStateException if the manager is closed
     */
    String describe();
}
