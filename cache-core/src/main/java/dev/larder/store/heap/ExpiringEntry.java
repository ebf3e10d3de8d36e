package dev.larder.store.heap;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * A value with a deadline; 24 bytes.
 *
 * <p>The deadline moves by compare-and-set, and {@link #BURIED} is the end of it. Whoever wants to take a dead entry
 * away buries it first: a touch that came before is then seen, and one that comes after fails.
 */
class ExpiringEntry<V> extends HeapEntry<V> {

    /** Before any moment of the clock, so that a buried entry is dead to every reader. */
    static final long BURIED = Long.MIN_VALUE;

    @SuppressWarnings("rawtypes") // an updater knows no type arguments
    private static final AtomicLongFieldUpdater<ExpiringEntry> DEADLINE =
            AtomicLongFieldUpdater.newUpdater(ExpiringEntry.class, "deadlineMillis");

    private volatile long deadlineMillis;

    ExpiringEntry(V value, long deadlineMillis) {
        super(value);
        this.deadlineMillis = deadlineMillis;
    }

    @Override
    boolean hasDeadline() {
        return true;
    }

    @Override
    long deadlineMillis() {
        return deadlineMillis;
    }

    @Override
    boolean moveDeadline(long newDeadlineMillis) {
        for (; ; ) {
            long current = deadlineMillis;
            if (current == BURIED) {
                return false;
            }
            // readers of a hot entry within one millisecond agree, and only the first of them writes
            if (current == newDeadlineMillis || DEADLINE.compareAndSet(this, current, newDeadlineMillis)) {
                return true;
            }
        }
    }

    @Override
    boolean bury(long nowMillis) {
        for (; ; ) {
            long current = deadlineMillis;
            if (current > nowMillis) {
                return false;
            }
            if (current == BURIED || DEADLINE.compareAndSet(this, current, BURIED)) {
                return true;
            }
        }
    }
}
