package dev.larder.annotations.cases;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;

/** Resolves to a cache that has a name, and fails otherwise. */
public class Failing implements CacheResolverFactory {

    @Override
    public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
        return new CacheResolver() {
            @Override
            public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> context) {
                return failing();
            }
        };
    }

    @Override
    public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
        return getCacheResolver(details);
    }

    @SuppressWarnings("unchecked") // nothing comes out of it
    private static <K, V> Cache<K, V> failing() {
        return (Cache<K, V>) Proxy.newProxyInstance(
                Failing.class.getClassLoader(), new Class<?>[] {Cache.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "getName" -> "failing";
                        case "isClosed" -> false;
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> proxy == arguments[0];
                        case "getCacheManager" -> null;
                        default -> throw new CacheException("cannot be reached");
                    };
                });
    }
}
