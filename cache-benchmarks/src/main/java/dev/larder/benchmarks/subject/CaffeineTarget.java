package dev.larder.benchmarks.subject;

import com.github.benmanes.caffeine.cache.Cache;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Caffeine without a layer above it. */
class CaffeineTarget extends Target {
    private final Cache<Integer, Object> cache;

    CaffeineTarget(Cache<Integer, Object> cache) {
        this.cache = cache;
    }

    @Override
    public @Nullable Object get(Integer key) {
        return cache.getIfPresent(key);
    }

    @Override
    public void put(Integer key, Object value) {
        cache.put(key, value);
    }

    @Override
    public @Nullable Object getAndPut(Integer key, Object value) {
        return cache.asMap().put(key, value);
    }

    @Override
    public boolean putIfAbsent(Integer key, Object value) {
        return cache.asMap().putIfAbsent(key, value) == null;
    }

    @Override
    public boolean replace(Integer key, Object expected, Object value) {
        return cache.asMap().replace(key, expected, value);
    }

    @Override
    public Object increment(Integer key) {
        return cache.asMap().compute(key, (same, value) -> (Integer) value + 1);
    }

    @Override
    public Map<Integer, Object> getAll(Set<Integer> keys) {
        return cache.getAllPresent(keys);
    }

    @Override
    public void putAll(Map<Integer, Object> entries) {
        cache.putAll(entries);
    }

    @Override
    public int countEntries() {
        cache.cleanUp();
        return cache.asMap().size();
    }
}
