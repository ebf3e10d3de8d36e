package dev.larder.annotations.cases;

import java.lang.annotation.Annotation;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.configuration.MutableConfiguration;

/** Resolves to caches whose names begin with "resolved". */
public class Renaming implements CacheResolverFactory {

    @Override
    public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
        return resolver("resolved " + details.getCacheName());
    }

    @Override
    public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
        return resolver("resolved " + details.getCacheAnnotation().exceptionCacheName());
    }

    private static CacheResolver resolver(String name) {
        return new CacheResolver() {
            @Override
            public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> context) {
                CacheManager manager = Caching.getCachingProvider().getCacheManager();
                Cache<K, V> present = manager.getCache(name);
                return present == null ? manager.createCache(name, new MutableConfiguration<>()) : present;
            }
        };
    }
}
