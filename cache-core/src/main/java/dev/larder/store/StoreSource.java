package dev.larder.store;

/**
 * What the caches of one manager share of a named store: a connection, a directory, or nothing at all.
 *
 * <p>Closed once, after the stores that came from it. Safe for use by many threads.
 */
public interface StoreSource extends AutoCloseable {

    /** Returns what opens the store of a cache. */
    StoreFactory stores();

    /**
     * Returns what opens the store of a cache that keeps about that many entries at most. Called only if
     * {@link StoreProvider#hasMaximumSize()}.
     *
     * @throws UnsupportedOperationException if a store of this kind cannot be told
     */
    default StoreFactory storesOf(long maximumSize) {
        throw new UnsupportedOperationException("this kind of store has no maximumSize");
    }

    /** Lets go of what was shared. */
    @Override
    default void close() {}
}
