package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.stats.Statistics;
import dev.larder.store.Cursor;

/**
 * A walk over the entries of a cache. To come to an entry is an access and a hit. For one thread.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class Walk<K, V> implements AutoCloseable {

    private final Cursor<K, V> cursor;
    private final Reading<K, V> reading;
    private final Copying<K, V> copying;
    private final Statistics statistics;

    Walk(Cursor<K, V> cursor, Reading<K, V> reading, Copying<K, V> copying, Statistics statistics) {
        this.cursor = cursor;
        this.reading = reading;
        this.copying = copying;
        this.statistics = statistics;
    }

    /** Moves to the next entry, which is not yet an access, and tells whether there was one. */
    public boolean advance() {
        return cursor.advance();
    }

    /** Returns the key here, the caller's own. */
    public K key() {
        return copying.key(cursor.key());
    }

    /** Returns the value here, the caller's own. */
    public V value() {
        return copying.valueOut(cursor.entry().value());
    }

    /** Counts the entry here as read. */
    public void access() {
        statistics.hit();
        reading.accessed(cursor.key(), cursor.entry());
    }

    @Override
    public void close() {
        cursor.close();
    }
}
