package dev.larder.store.heap;

import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.Ttl;
import dev.larder.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A lease in the side table: stands until its end, or until somebody else changes the key. */
final class HeapLease<V> implements Lease {

    private static final long REVOKED = Long.MIN_VALUE;

    private final Clock clock;
    private final @Nullable Entry<V> expected;
    private final boolean isToWrite;
    private final long tagNumber;
    private final AtomicLong endMillis;

    HeapLease(Clock clock, @Nullable Entry<V> expected, boolean isToWrite, long tagNumber, long endMillis) {
        this.clock = clock;
        this.expected = expected;
        this.isToWrite = isToWrite;
        this.tagNumber = tagNumber;
        this.endMillis = new AtomicLong(endMillis);
    }

    /** Whether the holder writes, and does not load. */
    boolean isToWrite() {
        return isToWrite;
    }

    /** Returns the number of the last invalidation of tags before this was granted. */
    long tagNumber() {
        return tagNumber;
    }

    @Override
    public boolean isHeld() {
        return isHeldAt(clock.millis());
    }

    boolean isHeldAt(long nowMillis) {
        return nowMillis < endMillis.get();
    }

    /** Whether the lease stands and the map still shows what it was granted over. */
    boolean permits(@Nullable HeapEntry<V> live, long nowMillis) {
        boolean same = live == null ? expected == null : expected != null && isOver(live);
        return same && isHeldAt(nowMillis);
    }

    private boolean isOver(HeapEntry<V> live) {
        return expected != null && live.isSame(MeasuredEntry.identityOf(expected));
    }

    /** Ends the lease for good. */
    void revoke() {
        endMillis.set(REVOKED);
    }

    /** Moves the end, unless it has come already; a revocation at the same time wins. */
    boolean prolong(Ttl ttl, long nowMillis) {
        long end = endMillis.get();
        long newEnd = ttl.isUnchanged() ? end : ttl.deadline(nowMillis);
        return nowMillis < end && endMillis.compareAndSet(end, newEnd);
    }
}
