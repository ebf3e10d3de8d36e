package dev.larder.patterns.session;

import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Calls of caches, whose failures become those of a session store. */
final class CacheCalls {

    private CacheCalls() {}

    static <R extends @Nullable Object> R call(Cache<String, byte[]> cache, Function<Cache<String, byte[]>, R> call) {
        try {
            return call.apply(cache);
        } catch (CacheException e) {
            throw new SessionStoreException("cache \"" + cache.getName() + "\" of sessions failed", e);
        }
    }
}
