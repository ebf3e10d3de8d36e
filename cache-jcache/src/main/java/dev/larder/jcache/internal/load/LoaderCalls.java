package dev.larder.jcache.internal.load;

import dev.larder.jcache.Loaded;
import dev.larder.jcache.LoaderWithMetadata;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;

/** Calls a loader, which may decide more than values. What stands before a loader passes that on by calling it with this. */
record LoaderCalls<K, V>(CacheLoader<K, V> loader) {

    /** Loads the value of a key, or returns null if there is none. */
    @Nullable
    Loaded<V> load(K key) {
        if (loader instanceof LoaderWithMetadata<K, V> deciding) {
            return deciding.loadWithMetadata(key);
        }
        V value = loader.load(key);
        return value == null ? null : Loaded.of(value);
    }

    /** Loads the value of a key that somebody has locked, and so for others neither waits nor lets them wait. */
    @Nullable
    Loaded<V> loadAlone(K key) {
        return loader instanceof CoalescingLoader<K, V> coalescing ? coalescing.loadAlone(key) : load(key);
    }

    /** Loads the values there are, or returns null if the loader does. */
    @Nullable
    Map<K, Loaded<V>> loadAll(Iterable<? extends K> keys) {
        if (loader instanceof LoaderWithMetadata<K, V> deciding) {
            return deciding.loadAllWithMetadata(keys);
        }
        Map<K, V> values = loader.loadAll(keys);
        return values == null ? null : new Undecided<>(values);
    }

    /**
     * Returns the values of keys in a map that a loader made, and that is asked for nothing else: it may be of any kind, and may bear
     * no more than one thread.
     */
    static <K, V> Map<K, Loaded<V>> pick(Iterable<K> keys, Map<K, Loaded<V>> loaded) {
        Map<K, Loaded<V>> picked = new HashMap<>();
        for (K key : keys) {
            Loaded<V> value = loaded.get(key);
            if (value != null) {
                picked.put(key, value);
            }
        }
        return picked;
    }

    /** The values of a loader that decides no more than them. Its map is asked for keys, and else left alone. */
    private static final class Undecided<K, V> extends AbstractMap<K, Loaded<V>> {

        private final Map<K, V> values;

        Undecided(Map<K, V> values) {
            this.values = values;
        }

        @Override
        public @Nullable Loaded<V> get(@Nullable Object key) {
            V value = values.get(key);
            return value == null ? null : Loaded.of(value);
        }

        @Override
        public Set<Entry<K, Loaded<V>>> entrySet() {
            Map<K, Loaded<V>> all = new HashMap<>(values.size() * 2);
            values.forEach((key, value) -> {
                if (value != null) {
                    all.put(key, Loaded.of(value));
                }
            });
            return all.entrySet();
        }
    }
}
