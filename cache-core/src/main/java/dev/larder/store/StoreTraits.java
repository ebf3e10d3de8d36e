package dev.larder.store;

import java.util.Objects;

/**
 * What a store can and cannot do; asked once, when a cache is opened on it.
 *
 * @param durable whether entries outlive the JVM
 * @param shared whether other JVMs, or other managers in this one, may change entries
 * @param copiesValues whether a value read is never the object written, as in every store of bytes
 * @param scans whether {@link Store#scan()} works
 * @param expiryNews what a {@link StoreListener} learns of an expired entry
 * @param ownClock whether deadlines are kept by the store's own clock rather than by the context's
 * @param endsCallsInTime whether every call ends by itself within {@link StoreContext#storeDeadline()}, because it waits
 *     for nobody or for no longer than that; calls of a store that may wait for ever are made by threads that can be given up
 * @param tags whether entries can have tags, see {@link Store#invalidateTags}
 * @param tellsChanges whether a {@link StoreListener} can hear of what others changed, see {@link Store#wantNews}
 */
public record StoreTraits(
        boolean durable,
        boolean shared,
        boolean copiesValues,
        boolean scans,
        ExpiryNews expiryNews,
        boolean ownClock,
        boolean endsCallsInTime,
        boolean tags,
        boolean tellsChanges) {

    /** What a store can tell of an entry that expired. */
    public enum ExpiryNews {
        /** Nothing. */
        NONE,
        /** That it did, with its key. */
        KEY,
        /** That it did, with its key and its value. */
        VALUE
    }

    /** Creates the traits of a store without tags whose calls may take any time. */
    public StoreTraits(
            boolean durable,
            boolean shared,
            boolean copiesValues,
            boolean scans,
            ExpiryNews expiryNews,
            boolean ownClock) {
        this(durable, shared, copiesValues, scans, expiryNews, ownClock, false);
    }

    /** Creates the traits of a store without tags. */
    public StoreTraits(
            boolean durable,
            boolean shared,
            boolean copiesValues,
            boolean scans,
            ExpiryNews expiryNews,
            boolean ownClock,
            boolean endsCallsInTime) {
        this(durable, shared, copiesValues, scans, expiryNews, ownClock, endsCallsInTime, false);
    }

    /** Creates the traits of a store that tells nobody of what others change. */
    public StoreTraits(
            boolean durable,
            boolean shared,
            boolean copiesValues,
            boolean scans,
            ExpiryNews expiryNews,
            boolean ownClock,
            boolean endsCallsInTime,
            boolean tags) {
        this(durable, shared, copiesValues, scans, expiryNews, ownClock, endsCallsInTime, tags, false);
    }

    /** Whether the store is still there when one of those who change it has died. */
    public boolean outlivesCallers() {
        return durable || shared;
    }

    /** Checks for null. */
    public StoreTraits {
        Objects.requireNonNull(expiryNews, "expiryNews");
    }
}
