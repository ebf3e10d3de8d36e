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
        return LarderCachingProvider.withTime(CLOCK, TIMER)
                .getCacheManager()
                .createCache(
                        "race",
                        CacheSettings.builder(String.class, Integer.class).build());
    }
}
