package dev.larder.store.heap;

import java.io.Serializable;

/**
 * Tells how much of the store's maximum weight an entry takes up, for example its size in bytes.
 *
 * <p>Called by many threads, when an entry is stored and while its place in the store is held: it must be quick and must
 * not use the cache.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
@FunctionalInterface
public interface Weigher<K, V> extends Serializable {

    /** Returns the weight of an entry, in a unit of the user's choice; zero or more. */
    int weigh(K key, V value);
}
