package dev.larder.jcache.internal.load;

import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns of loads, of which there are so many at once. First come, first served.
 *
 * <p>A load that waits for a load of another thread lends its turn meanwhile. Otherwise loads that wait for one that all of them
 * need, and that waits for a turn itself, would wait for ever. It takes its turn back without waiting, so that for a
 * moment more loads than allowed may run; the next begins only when there are few enough again.
 */
final class Turns {

    /** The turns that threads have, of all caches. */
    private static final ConcurrentHashMap<Thread, Held> HELD = new ConcurrentHashMap<>();

    private final Free free;
    private final int mostWaiting;
    private final AtomicInteger waiting = new AtomicInteger();

    /** A turn that a thread has, and the one that it had before. */
    private record Held(Turns turns, @Nullable Held before) {}

    /** What becomes of asking for a turn. */
    enum Answer {
        TAKEN,
        TOO_MANY_WAIT,
        WAITED_IN_VAIN
    }

    Turns(int mostAtOnce, int mostWaiting) {
        this.free = new Free(mostAtOnce);
        this.mostWaiting = mostWaiting;
    }

    /** Whether this thread has a turn already. */
    boolean isHeldByThisThread() {
        for (Held held = HELD.get(Thread.currentThread()); held != null; held = held.before) {
            if (held.turns == this) {
                return true;
            }
        }
        return false;
    }

    /** Takes a turn, waiting for it if need be and allowed; {@link #giveBack} must follow if it was taken. */
    Answer take(Duration longestWait) throws InterruptedException {
        Answer answer = free.takeAtOnce() ? Answer.TAKEN : await(longestWait);
        if (answer == Answer.TAKEN) {
            Thread self = Thread.currentThread();
            HELD.put(self, new Held(this, HELD.get(self)));
        }
        return answer;
    }

    private Answer await(Duration longestWait) throws InterruptedException {
        try {
            if (waiting.incrementAndGet() > mostWaiting) {
                return Answer.TOO_MANY_WAIT;
            }
            boolean isTaken = free.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS);
            return isTaken ? Answer.TAKEN : Answer.WAITED_IN_VAIN;
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** Gives back the turn that this thread took last. */
    void giveBack() {
        HELD.computeIfPresent(Thread.currentThread(), (thread, held) -> held.before);
        free.release();
    }

    /** Lets others have the turns of this thread, which is about to wait for a load of theirs; {@link #takeBack} must follow. */
    static void lend() {
        forEachHeld(Free::release);
    }

    /** Takes back what was lent. */
    static void takeBack() {
        forEachHeld(Free::takeInAnyCase);
    }

    private static void forEachHeld(Consumer<Free> action) {
        for (Held held = HELD.get(Thread.currentThread()); held != null; held = held.before) {
            action.accept(held.turns.free);
        }
    }

    /** The turns that nobody has; less than none when turns were taken back. */
    private static final class Free extends Semaphore {

        @Serial
        private static final long serialVersionUID = 1L;

        Free(int permits) {
            super(permits, true);
        }

        /** Takes a turn if there is one and nobody waits for it, also for a thread that is interrupted. */
        boolean takeAtOnce() {
            return !hasQueuedThreads() && tryAcquire();
        }

        void takeInAnyCase() {
            reducePermits(1);
        }
    }
}
