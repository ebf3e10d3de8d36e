package dev.larder.store;

/**
 * A live entry as a store found it: a value, and the identity that a later {@link Change#ifUnchanged(Entry)} compares.
 *
 * <p>An entry is a reading, not a view: it does not change when the store does, except that a store on the heap may
 * hand out the object that it keeps, whose deadline others can move. Safe for use by many threads.
 *
 * @param <V> the type of value
 */
public interface Entry<V> {

    /** Stands for a remaining time that was not asked for; see {@link StoreContext#needsDeadline()}. */
    long UNKNOWN = -1;

    /** Returns the value, which is the store's own object: the caller must not change it. */
    V value();

    /**
     * Returns how long the entry had still to live when it was read, before a touch by the same call.
     *
     * @return milliseconds, {@link Long#MAX_VALUE} if it never expires, or {@link #UNKNOWN}
     */
    default long remainingMillis() {
        return UNKNOWN;
    }
}
