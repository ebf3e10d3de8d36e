package dev.larder.store.heap;

import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.time.Clock;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks over the entries of the map as it was named when the walk began; a clear ends it. */
final class HeapCursor<K, V> implements Cursor<K, V> {

    private final HeapStore<K, V> store;
    private final EntryMap<K, V> entries;
    private final Iterator<Map.Entry<K, Object>> iterator;
    private final Clock clock;
    private @Nullable K key;
    private @Nullable Entry<V> entry;

    HeapCursor(HeapStore<K, V> store, EntryMap<K, V> entries, Clock clock) {
        this.store = store;
        this.entries = entries;
        this.iterator = entries.iterator();
        this.clock = clock;
    }

    @Override
    public boolean advance() {
        key = null;
        entry = null;
        while (store.isCurrent(entries) && iterator.hasNext()) {
            Map.Entry<K, Object> next = iterator.next();
            HeapEntry<V> found = Held.entry(next.getValue());
            Entry<V> live = store.liveAt(found, found.hasDeadline() ? clock.millis() : 0);
            if (live != null) {
                key = next.getKey();
                entry = live;
                return true;
            }
        }
        return false;
    }

    @Override
    public K key() {
        return standing(key);
    }

    @Override
    public Entry<V> entry() {
        return standing(entry);
    }

    private static <T> T standing(@Nullable T here) {
        if (here == null) {
            throw new IllegalStateException("the cursor stands on no entry; call advance() first");
        }
        return here;
    }

    @Override
    public void close() {
        key = null;
        entry = null;
    }
}
