package dev.larder.spring.session;

import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/** The manager of applications that have none among their beans: the default one of Larder's provider, else of the only one there is. */
final class DefaultCacheManager {

    private static final String LARDER = "dev.larder.jcache.provider.LarderCachingProvider";

    private DefaultCacheManager() {}

    static CacheManager of(@Nullable ClassLoader application) {
        return provider().getCacheManager(null, application);
    }

    private static CachingProvider provider() {
        try {
            return Caching.getCachingProvider(LARDER);
        } catch (CacheException absent) {
            return Caching.getCachingProvider();
        }
    }
}
