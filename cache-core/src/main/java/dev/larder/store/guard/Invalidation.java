package dev.larder.store.guard;

import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * That something must be removed from the store before the store is believed.
 *
 * <p>It is marked as often as something goes wrong. A removal settles the marks that were there when it began, if at that time
 * none of the calls that were given up was still going on: such a call could bring back what was removed. One thread at a time
 * removes, as a removal that is sent twice could take away what was stored after the first.
 */
final class Invalidation {

    private final ReentrantLock settling = new ReentrantLock();

    /** Calls that were given up and may still change something. */
    private final AtomicInteger running = new AtomicInteger();

    private final AtomicInteger marks = new AtomicInteger();

    /** The last removal that failed; written under the lock. */
    private volatile @Nullable StoreException failure;

    /** Guarded by the lock. */
    private boolean gone;

    /**
     * Marks it once more.
     *
     * @param late completes when a call that was given up has come to its end, or null if there is none
     */
    void mark(@Nullable CompletionStage<?> late) {
        // in this order, and read in the other: who sees the mark sees the call that goes on, too
        if (late != null) {
            running.incrementAndGet();
        }
        marks.incrementAndGet();
        if (late != null) {
            late.whenComplete((answer, thrown) -> running.decrementAndGet());
        }
    }

    /** Whether a call that was given up may still change something. */
    boolean isHeld() {
        return running.get() > 0;
    }

    /** Returns how often it was marked. */
    int marks() {
        return marks.get();
    }

    /** Whether a removal that began when it had so many marks, and was not held, was enough. */
    boolean isSettledBy(int marksBefore) {
        return marks.get() == marksBefore;
    }

    /**
     * Removes, unless another thread did while this one waited for it.
     *
     * @param forget is told how many marks there were before the removal; forgets this invalidation if they are all there are,
     *     and tells whether it did
     * @throws StoreException if it cannot be done now; nothing else was changed
     */
    void settle(Runnable removal, IntPredicate forget) {
        StoreException before = failure;
        settling.lock();
        try {
            StoreException now = failure;
            if (now != null && now != before) {
                // whoever went first has waited for the store already
                throw notNow(String.valueOf(now.getMessage()), now);
            }
            if (!gone) {
                remove(removal, forget);
            }
        } finally {
            settling.unlock();
        }
    }

    private void remove(Runnable removal, IntPredicate forget) {
        int marksBefore = marks();
        if (isHeld()) {
            throw held();
        }
        try {
            removal.run();
        } catch (StoreException e) {
            throw failed(e);
        }
        removed(marksBefore, forget);
    }

    /**
     * Begins a removal that is made together with those of others; {@link #end()} ends it.
     *
     * @return false if another thread removes just now, or has done so: then nothing was begun
     */
    boolean tryBegin() {
        if (!settling.tryLock()) {
            return false;
        }
        if (gone) {
            settling.unlock();
            return false;
        }
        return true;
    }

    /** Takes note that the removal that was begun has failed, and returns what to tell of it. */
    StoreException failed(StoreException cause) {
        failure = cause;
        return notNow(String.valueOf(cause.getMessage()), cause);
    }

    /** Takes note that the removal that was begun is made; see {@link #settle}. */
    void removed(int marksBefore, IntPredicate forget) {
        gone = forget.test(marksBefore);
    }

    /** Ends the removal that was begun. */
    void end() {
        settling.unlock();
    }

    /** Notes that everything was removed since it had so many marks, and was not held; leaves it to whoever removes it just now. */
    void settledWithAll(int marksBefore, IntPredicate forget) {
        if (settling.tryLock()) {
            try {
                gone = gone || forget.test(marksBefore);
            } finally {
                settling.unlock();
            }
        }
    }

    /** Returns what to tell of a removal that cannot be made because a call that was given up may still change something. */
    static StoreException held() {
        return notNow("an earlier change is still under way", null);
    }

    private static StoreException notNow(String reason, @Nullable StoreException cause) {
        return new StoreException(
                "the store may hold something that was replaced, and it cannot be removed now: " + reason,
                Applied.NO,
                cause);
    }
}
