package dev.larder.jcache.internal.load;

import dev.larder.jcache.Loaded;
import dev.larder.jcache.LoaderWithMetadata;
import java.util.HashMap;
import java.util.Map;
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

    /** Loads the values there are, or returns null if the loader does. */
    @Nullable
    Map<K, Loaded<V>> loadAll(Iterable<? extends K> keys) {
        return loader instanceof LoaderWithMetadata<K, V> deciding
                ? deciding.loadAllWithMetadata(keys)
                : loaded(keys, loader.loadAll(keys));
    }

    private static <K, V> @Nullable Map<K, Loaded<V>> loaded(Iterable<? extends K> keys, @Nullable Map<K, V> values) {
        if (values == null) {
            return null;
        }
        Map<K, Loaded<V>> all = new HashMap<>(values.size() * 2);
        for (K key : keys) {
            V value = values.get(key);
            if (value != null) {
                all.put(key, Loaded.of(value));
            }
        }
        return all;
    }
}
