package dev.larder.store;

import org.jspecify.annotations.Nullable;

/**
 * Hears of what happened to entries without anybody asking for it.
 *
 * <p>A store calls it inside the atomic step that takes the entry away, so that what it tells of a key comes in the order of
 * its changes; only {@link #changed} comes later. An implementation therefore only takes a note: it must not block, throw, or call the store.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public interface StoreListener<K, V> {

    /**
     * An entry reached its deadline and is gone. Each is told once: here, or in {@link Outcome#expired()} of the write
     * that found it dead, never both.
     *
     * @param entry the dead entry, or null if the store's traits say that it cannot tell the value
     */
    void expired(K key, @Nullable Entry<V> entry);

    /** A live entry was dropped to make room. */
    void evicted(K key);

    /** A copy was dropped because the original changed. */
    void invalidated(K key);

    /**
     * Another store of the same entries made a change, and {@link Store#wantNews} asked for such news. This one comes after the change, and by a
     * thread of the store's; for one key they come in the order of its changes.
     */
    default void changed(News<K, V> news) {}
}
