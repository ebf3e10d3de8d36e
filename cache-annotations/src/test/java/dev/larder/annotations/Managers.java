package dev.larder.annotations;

import dev.larder.testkit.interleave.Interleaving;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Set;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;

/** Cache managers that nobody else has. */
final class Managers {

    static final String LARDER = "dev.larder.jcache.provider.LarderCachingProvider";
    static final String CAFFEINE = "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider";

    private static final Set<String> POINTED = Set.of("get", "containsKey", "put", "remove", "removeAll");

    private Managers() {}

    static CacheManager of(String provider) {
        CachingProvider caching = Caching.getCachingProvider(provider);
        return caching.getCacheManager(URI.create("test:" + UUID.randomUUID()), caching.getDefaultClassLoader());
    }

    /** Returns one whose caches stand between points of a run. */
    static CacheManager pointed(CacheManager manager, Interleaving run) {
        return proxy(CacheManager.class, manager, run);
    }

    private static <T> T proxy(Class<T> type, Object target, Interleaving run) {
        return type.cast(Proxy.newProxyInstance(
                Managers.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    boolean pointed = target instanceof Cache && POINTED.contains(method.getName());
                    try {
                        if (pointed) {
                            run.point("before " + method.getName());
                        }
                        Object result = method.invoke(target, arguments);
                        if (pointed) {
                            run.point("after " + method.getName());
                        }
                        return result instanceof Cache ? proxy(Cache.class, result, run) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
