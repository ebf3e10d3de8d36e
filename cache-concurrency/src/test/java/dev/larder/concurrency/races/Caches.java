package dev.larder.concurrency.races;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.provider.LarderCachingProvider;
import dev.larder.time.Clock;
import dev.larder.time.Timer;
import javax.cache.Cache;

/** Makes caches, each with a provider of its own, so that it is forgotten with its race. */
final class Caches {

    private static final Clock CLOCK = () -> 5_000_000_000L;
    private static final Timer TIMER = (delayMillis, task, executor) -> {};

    private Caches() {}

    static Cache<String, Integer> create() {
        return create(String.class, Integer.class);
    }

    static Cache<Object, Object> createUntyped() {
        return create(Object.class, Object.class);
    }

    private static <K, V> Cache<K, V> create(Class<K> keyType, Class<V> valueType) {
        return LarderCachingProvider.withTime(CLOCK, TIMER)
                .getCacheManager()
                .createCache("race", CacheSettings.builder(keyType, valueType).build());
    }
}
