package dev.larder.benchmarks.subject;

import com.github.benmanes.caffeine.cache.LoadingCache;
import org.jspecify.annotations.Nullable;

/** Caffeine with a loader. */
final class LoadingCaffeineTarget extends CaffeineTarget {
    private final LoadingCache<Integer, Object> cache;

    LoadingCaffeineTarget(LoadingCache<Integer, Object> cache) {
        super(cache);
        this.cache = cache;
    }

    @Override
    public @Nullable Object get(Integer key) {
        return cache.get(key);
    }
}
