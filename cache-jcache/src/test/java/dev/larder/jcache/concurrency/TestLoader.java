package dev.larder.jcache.concurrency;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.cache.integration.CacheLoader;

/**
 * Loads from a function, key by key, and counts.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class TestLoader<K, V> implements CacheLoader<K, V> {

    private final Map<K, Integer> loads = new ConcurrentHashMap<>();
    private final Function<K, V> source;

    /** Creates a loader from this function; null stands for no value. */
    public TestLoader(Function<K, V> source) {
        this.source = source;
    }

    /** Returns how often each key was loaded. */
    public Map<K, Integer> loads() {
        return loads;
    }

    /** Returns how often a key was loaded. */
    public int loads(K key) {
        return loads.getOrDefault(key, 0);
    }

    @Override
    public V load(K key) {
        loads.merge(key, 1, Integer::sum);
        return source.apply(key);
    }

    @Override
    public Map<K, V> loadAll(Iterable<? extends K> keys) {
        Map<K, V> values = new HashMap<>();
        for (K key : keys) {
            V value = load(key);
            if (value != null) {
                values.put(key, value);
            }
        }
        return values;
    }
}
