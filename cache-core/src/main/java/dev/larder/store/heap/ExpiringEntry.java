package dev.larder.store.heap;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * A value with a deadline; 24 bytes.
 *
 * <p>The deadline moves by compare-and-set, and ends in one of two ways. Whoever wants to take a dead entry away
 * <em>buries</em> it first: a touch that came before is then seen, and one that comes after fails. Whoever wants to put
 * another entry with the same deadline in its place <em>freezes</em> it first, for the same reason; the entry stays as
 * live as it was, and a touch has to put a {@link LimitedEntry} in its place, which makes the other look again.
 */
class ExpiringEntry<V> extends HeapEntry<V> {

    /** A frozen deadline before any moment of the clock, so that a buried entry is dead to every reader. */
    private static final long BURIED = ~0L;

    @SuppressWarnings("rawtypes") // an updater knows no type arguments
    private static final AtomicLongFieldUpdater<ExpiringEntry> DEADLINE =
            AtomicLongFieldUpdater.newUpdater(ExpiringEntry.class, "deadline");

    /** Milliseconds, which are never negative; their complement, which always is, once frozen. */
    private volatile long deadline;

    ExpiringEntry(V value, long deadlineMillis) {
        super(value);
        this.deadline = deadlineMillis;
    }

    @Override
    boolean hasDeadline() {
        return true;
    }

    @Override
    long deadlineMillis() {
        return millisOf(deadline);
    }

    private static long millisOf(long deadline) {
        return isFrozen(deadline) ? ~deadline : deadline;
    }

    private static boolean isFrozen(long deadline) {
        return deadline < 0;
    }

    @Override
    boolean isSame(Object read) {
        return this == read;
    }

    @Override
    boolean moveDeadline(long newDeadlineMillis) {
        for (; ; ) {
            long current = deadline;
            if (isFrozen(current)) {
                return false;
            }
            // readers of a hot entry within one millisecond agree, and only the first of them writes
            if (current == newDeadlineMillis || DEADLINE.compareAndSet(this, current, newDeadlineMillis)) {
                return true;
            }
        }
    }

    @Override
    long freezeDeadline() {
        for (; ; ) {
            long current = deadline;
            if (isFrozen(current) || DEADLINE.compareAndSet(this, current, ~current)) {
                return millisOf(current);
            }
        }
    }

    @Override
    boolean bury(long nowMillis) {
        for (; ; ) {
            long current = deadline;
            if (millisOf(current) > nowMillis) {
                return false;
            }
            if (current == BURIED || DEADLINE.compareAndSet(this, current, BURIED)) {
                return true;
            }
        }
    }

    /** Makes it final that this entry is dead, whatever its deadline. */
    final void buryNow() {
        deadline = BURIED;
    }

    @Override
    boolean isBuried() {
        return deadline == BURIED;
    }
}
