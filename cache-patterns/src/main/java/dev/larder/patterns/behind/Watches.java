package dev.larder.patterns.behind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Those who load keys, and must learn of the changes that are queued meanwhile. Guarded by the lock of the queue, but for what a watch has seen. */
final class Watches<K, V> {

    private final Map<K, List<Watch<K, V>>> watches = new HashMap<>();

    /** Sees the changes of a key from some moment on. */
    static final class Watch<K, V> {

        private final K key;
        private volatile @Nullable Change<K, V> latest;

        private Watch(K key, @Nullable Change<K, V> latest) {
            this.key = key;
            this.latest = latest;
        }

        K key() {
            return key;
        }

        /** Returns the last change since the watch began or, if there was none, the one that was queued then; null if neither. */
        @Nullable
        Change<K, V> latest() {
            return latest;
        }
    }

    Watch<K, V> begin(K key, @Nullable Change<K, V> queued) {
        Watch<K, V> watch = new Watch<>(key, queued);
        watches.computeIfAbsent(key, any -> new ArrayList<>(1)).add(watch);
        return watch;
    }

    void end(Watch<K, V> watch) {
        watches.computeIfPresent(watch.key(), (any, all) -> {
            all.remove(watch);
            return all.isEmpty() ? null : all;
        });
    }

    void tell(Change<K, V> change) {
        List<Watch<K, V>> all = watches.get(change.key());
        if (all != null) {
            all.forEach(watch -> watch.latest = change);
        }
    }
}
