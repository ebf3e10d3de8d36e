package dev.larder.benchmarks.subject;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** A map of the JDK, which is no cache. */
final class MapTarget extends Target {
    private final ConcurrentMap<Integer, Object> map = new ConcurrentHashMap<>();

    @Override
    public @Nullable Object get(Integer key) {
        return map.get(key);
    }

    @Override
    public void put(Integer key, Object value) {
        map.put(key, value);
    }

    @Override
    public @Nullable Object getAndPut(Integer key, Object value) {
        return map.put(key, value);
    }

    @Override
    public boolean putIfAbsent(Integer key, Object value) {
        return map.putIfAbsent(key, value) == null;
    }

    @Override
    public boolean replace(Integer key, Object expected, Object value) {
        return map.replace(key, expected, value);
    }

    @Override
    public Object increment(Integer key) {
        return map.compute(key, (same, value) -> (Integer) value + 1);
    }

    @Override
    public Map<Integer, Object> getAll(Set<Integer> keys) {
        Map<Integer, Object> found = new HashMap<>();
        for (Integer key : keys) {
            Object value = map.get(key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    @Override
    public void putAll(Map<Integer, Object> entries) {
        map.putAll(entries);
    }

    @Override
    public int countEntries() {
        return map.size();
    }
}
