package dev.larder.patterns.behind;

import dev.larder.patterns.behind.Watches.Watch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;

/**
 * Loads what the queue does not have. A change that is queued while the database is being read is what counts, also if it has been written by then.
 */
record ReadingLoader<K, V>(ChangeQueue<K, V> queue, CacheLoader<K, V> loader) implements CacheLoader<K, V> {

    @Override
    public @Nullable V load(K key) {
        Watch<K, V> watch = queue.watch(key);
        V loaded = null;
        try {
            if (watch.latest() == null) {
                loaded = loader.load(key);
            }
        } finally {
            queue.unwatch(watch);
        }
        Change<K, V> queued = watch.latest();
        return queued == null ? loaded : queued.value();
    }

    @Override
    public Map<K, V> loadAll(Iterable<? extends K> keys) {
        List<Watch<K, V>> watches = new ArrayList<>();
        keys.forEach(key -> watches.add(queue.watch(key)));
        Map<K, V> values = new HashMap<>();
        try {
            List<K> unknown = new ArrayList<>();
            for (Watch<K, V> watch : watches) {
                if (watch.latest() == null) {
                    unknown.add(watch.key());
                }
            }
            if (!unknown.isEmpty()) {
                values.putAll(loader.loadAll(unknown));
            }
        } finally {
            watches.forEach(queue::unwatch);
        }
        watches.forEach(watch -> apply(watch.latest(), values));
        return values;
    }

    private static <K, V> void apply(@Nullable Change<K, V> queued, Map<K, V> values) {
        if (queued == null) {
            return;
        }
        V value = queued.value();
        if (value == null) {
            values.remove(queued.key());
        } else {
            values.put(queued.key(), value);
        }
    }
}
