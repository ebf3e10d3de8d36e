package dev.larder.store;

/**
 * A walk over the live entries of a store.
 *
 * <p>Weakly consistent: an entry that is there during the whole walk is met exactly once; one that comes or goes
 * meanwhile may or may not be, and a key that is removed and put again has another entry, which may be met as well. Expired entries and leases are never met, and being met is no access. For one thread.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public interface Cursor<K, V> extends AutoCloseable {

    /** Moves to the next live entry, and tells whether there was one. */
    boolean advance();

    /** Returns the key of the entry the cursor stands on; {@link IllegalStateException} if it stands on none. */
    K key();

    /** Returns the entry the cursor stands on; {@link IllegalStateException} if it stands on none. */
    Entry<V> entry();

    /** Frees what the walk holds; to do so twice is harmless. */
    @Override
    void close();
}
