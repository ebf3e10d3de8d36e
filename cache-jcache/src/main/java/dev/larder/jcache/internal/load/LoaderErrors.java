package dev.larder.jcache.internal.load;

import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;

/** What goes wrong with a loader, in words that name the cache and the loader. */
record LoaderErrors(String cacheName, String loaderName) {

    static LoaderErrors of(String cacheName, CacheLoader<?, ?> loader) {
        return new LoaderErrors(
                cacheName, DecoratedLoader.innermost(loader).getClass().getName());
    }

    String prefix() {
        return "cache \"" + cacheName + "\": ";
    }

    /** Returns a failure as the standard wants it; one that is of its kind already stays as it is. */
    CacheLoaderException failed(Throwable cause) {
        return cause instanceof CacheLoaderException already
                ? already
                : new CacheLoaderException(prefix() + "loader " + loaderName + " failed", cause);
    }

    /** Returns a failure of a while ago, anew for each who gets it. */
    CacheLoaderException failedBefore(LoadMemory.PastFailure failure) {
        return new CacheLoaderException(
                prefix() + "loader " + loaderName + " failed " + failure.ageMillis()
                        + " ms ago, and is not asked again yet (exceptionTtl)",
                failure.cause());
    }

    /** Returns what the caller who loaded gets: an error as it is, all else as the standard wants it. */
    CacheLoaderException rethrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        // this may be an exception that Java calls checked: loaders in other languages throw them undeclared
        return failed(cause);
    }

    CacheLoaderException late(Object key, long hardMillis) {
        return new CacheLoaderException(prefix() + "loader " + loaderName + " did not load key " + key + " within "
                + hardMillis + " ms (hardTimeout); it goes on, and what it brings is stored unless the key changes");
    }

    CacheLoaderException recursive(Object key) {
        return new CacheLoaderException(prefix() + "loader " + loaderName + " asked the cache for key " + key
                + " while loading it; a load must not need itself, directly or by way of others");
    }

    CacheLoaderException noTags() {
        return new CacheLoaderException(
                prefix() + "loader " + loaderName + " gives its values tags, but the cache's store knows none");
    }

    CacheLoaderException nullMap() {
        return new CacheLoaderException(
                prefix() + "loader " + loaderName + " returned null from loadAll; return an empty map instead");
    }
}
