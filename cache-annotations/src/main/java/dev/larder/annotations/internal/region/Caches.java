package dev.larder.annotations.internal.region;

import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;

/** Caches of a manager, made when they are first used. */
final class Caches {

    private Caches() {}

    /**
     * Returns the cache of a name, made with that configuration if there is none. A manager of Larder makes it from the template that fits the name.
     */
    @SuppressWarnings("unchecked") // types are erased; what an annotated method stores is its own business
    static Cache<Object, Object> getOrCreate(
            CacheManager manager, String name, Configuration<Object, Object> configuration) {
        Cache<?, ?> present = manager.getCache(name);
        if (present != null) {
            return (Cache<Object, Object>) present;
        }
        try {
            return manager.createCache(name, configuration);
        } catch (CacheException e) {
            Cache<?, ?> other = manager.getCache(name); // somebody else may have been quicker
            if (other == null) {
                throw e;
            }
            return (Cache<Object, Object>) other;
        }
    }
}
