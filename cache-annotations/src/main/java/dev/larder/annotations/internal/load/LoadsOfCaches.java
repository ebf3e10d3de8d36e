package dev.larder.annotations.internal.load;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.Cache;
import javax.cache.CacheManager;

/** The loads of each cache, the same for all who intercept methods in this JVM. It keeps no cache or manager from being collected. */
public final class LoadsOfCaches {

    private static final Map<CacheManager, Map<String, Loads>> BY_MANAGER = new WeakHashMap<>();
    private static final Map<Cache<?, ?>, Loads> WITHOUT_MANAGER = new WeakHashMap<>();

    private LoadsOfCaches() {}

    /** Returns those of a cache, known by its manager and name: one that was closed and made again has the same. */
    public static Loads of(Cache<?, ?> cache) {
        CacheManager manager = cache.getCacheManager();
        synchronized (BY_MANAGER) {
            return manager == null
                    ? WITHOUT_MANAGER.computeIfAbsent(cache, same -> new Loads())
                    : BY_MANAGER
                            .computeIfAbsent(manager, same -> new ConcurrentHashMap<>())
                            .computeIfAbsent(cache.getName(), name -> new Loads());
        }
    }
}
