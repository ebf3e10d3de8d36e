package dev.larder.store.guard;

import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.StoreTimeoutException;
import org.jspecify.annotations.Nullable;

/** A walk of which each step has a deadline. After a step that was late there is none any more. */
final class DeadlineCursor<K, V> implements Cursor<K, V> {

    private final Cursor<K, V> cursor;
    private final TimedCalls calls;
    private @Nullable StoreTimeoutException late;

    DeadlineCursor(Cursor<K, V> cursor, TimedCalls calls) {
        this.cursor = cursor;
        this.calls = calls;
    }

    @Override
    public boolean advance() {
        requireInTime();
        try {
            return calls.run("scan", Applied.NO, cursor::advance);
        } catch (StoreTimeoutException e) {
            late = e;
            throw e;
        }
    }

    private void requireInTime() {
        if (late != null) {
            throw late;
        }
    }

    @Override
    public K key() {
        requireInTime();
        return cursor.key();
    }

    @Override
    public Entry<V> entry() {
        requireInTime();
        return cursor.entry();
    }

    /** Closes the walk, but not under the hands of a step that is still going on. */
    @Override
    public void close() {
        if (late == null) {
            calls.run("scan", Applied.NO, cursor::close);
        } else {
            late.end().whenComplete((answer, failure) -> cursor.close());
        }
    }
}
