package dev.larder.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request for a {@link Lease}.
 *
 * @param <V> the type of value
 * @param status what happened
 * @param lease the lease, if granted
 * @param entry the live entry that was in the way, if {@link Status#PRESENT}
 */
public record LeaseResult<V>(
        Status status, @Nullable Lease lease, @Nullable Entry<V> entry) {

    /** What became of the request. */
    public enum Status {
        /** The lease is the caller's. */
        GRANTED,
        /** Another entry than the expected one is there; with none expected, any. */
        PRESENT,
        /** The expected entry is gone: ask again for an absent key. */
        ABSENT,
        /** Another caller holds the lease of this key. */
        BUSY,
        /**
         * The store does not answer, and the cache goes on without it. Whoever then changes the source ends with a
         * {@link Change#remove()} of the key, which is remembered.
         */
        UNAVAILABLE
    }

    /** Returns the answer that carries a lease. */
    public static <V> LeaseResult<V> granted(Lease lease) {
        return new LeaseResult<>(Status.GRANTED, Objects.requireNonNull(lease, "lease"), null);
    }

    /** Returns the answer that an entry is there. */
    public static <V> LeaseResult<V> present(Entry<V> entry) {
        return new LeaseResult<>(Status.PRESENT, null, Objects.requireNonNull(entry, "entry"));
    }

    /** Returns the answer that the expected entry is gone. */
    public static <V> LeaseResult<V> absent() {
        return new LeaseResult<>(Status.ABSENT, null, null);
    }

    /** Returns the answer that somebody else holds the lease. */
    public static <V> LeaseResult<V> busy() {
        return new LeaseResult<>(Status.BUSY, null, null);
    }

    /** Returns the answer that the store does not answer. */
    public static <V> LeaseResult<V> unavailable() {
        return new LeaseResult<>(Status.UNAVAILABLE, null, null);
    }

    /** Whether the caller now holds the lease. */
    public boolean isGranted() {
        return status == Status.GRANTED;
    }

    /** Returns the granted lease, or throws {@link IllegalStateException} if it was not granted. */
    public Lease requireLease() {
        if (lease == null) {
            throw new IllegalStateException("the lease was not granted: " + status);
        }
        return lease;
    }
}
