package dev.larder.store.guard;

import dev.larder.store.Cursor;
import dev.larder.store.Entry;

/** A walk that passes over the entries that may be out of date. */
final class GuardedCursor<K, V> implements Cursor<K, V> {

    private final Cursor<K, V> cursor;
    private final GuardedCalls calls;
    private final PendingInvalidations<K> pending;

    GuardedCursor(Cursor<K, V> cursor, GuardedCalls calls, PendingInvalidations<K> pending) {
        this.cursor = cursor;
        this.calls = calls;
        this.pending = pending;
    }

    @Override
    public boolean advance() {
        while (calls.make(cursor::advance)) {
            if (!pending.contains(cursor.key())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public K key() {
        return cursor.key();
    }

    @Override
    public Entry<V> entry() {
        return cursor.entry();
    }

    @Override
    public void close() {
        cursor.close();
    }
}
