package dev.larder.jcache.internal.load;

import javax.cache.integration.CacheLoader;

/** A loader of Larder's that calls another. */
interface DecoratedLoader {

    /** Returns the loader that it calls. */
    CacheLoader<?, ?> decorated();

    /** Returns the loader that a user wrote. */
    static CacheLoader<?, ?> innermost(CacheLoader<?, ?> loader) {
        CacheLoader<?, ?> innermost = loader;
        while (innermost instanceof DecoratedLoader outer) {
            innermost = outer.decorated();
        }
        return innermost;
    }
}
