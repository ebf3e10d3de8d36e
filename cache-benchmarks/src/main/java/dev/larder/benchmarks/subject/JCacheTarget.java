package dev.larder.benchmarks.subject;

import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;

/** A cache reached through the standard. */
class JCacheTarget extends Target {
    private static final EntryProcessor<Integer, Object, Object> INCREMENT = new IncrementProcessor();

    private final Cache<Integer, Object> cache;

    JCacheTarget(Cache<Integer, Object> cache) {
        this.cache = cache;
    }

    @Override
    public @Nullable Object get(Integer key) {
        return cache.get(key);
    }

    @Override
    public void put(Integer key, Object value) {
        cache.put(key, value);
    }

    @Override
    public @Nullable Object getAndPut(Integer key, Object value) {
        return cache.getAndPut(key, value);
    }

    @Override
    public boolean putIfAbsent(Integer key, Object value) {
        return cache.putIfAbsent(key, value);
    }

    @Override
    public boolean replace(Integer key, Object expected, Object value) {
        return cache.replace(key, expected, value);
    }

    @Override
    public Object increment(Integer key) {
        return cache.invoke(key, INCREMENT);
    }

    @Override
    public Map<Integer, Object> getAll(Set<Integer> keys) {
        return cache.getAll(keys);
    }

    @Override
    public void putAll(Map<Integer, Object> entries) {
        cache.putAll(entries);
    }

    @Override
    public int countEntries() {
        int count = 0;
        for (Cache.Entry<Integer, Object> entry : cache) {
            if (entry.getValue() != null) {
                count++;
            }
        }
        return count;
    }
}
