package dev.larder.jcache.internal.load;

import dev.larder.time.Timer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private final int mostWaiting;
    private final Timer timer;

    /** How many nobody has; less than none when turns were taken back. Guarded by this. */
    private int free;

    /** Those who wait, in the order in which they came. Guarded by this. */
    private final Set<Signal> waiting = new LinkedHashSet<>();

    /** A turn that a thread has, and the one that it had before. */
    private record Held(Turns turns, @Nullable Held before) {}

    /** What becomes of asking for a turn. */
    enum Answer {
        TAKEN,
        TOO_MANY_WAIT,
        WAITED_IN_VAIN
    }

    /**
     * Creates turns that nobody has.
     *
     * @param timer tells when who waits has waited for long enough
     */
    Turns(int mostAtOnce, int mostWaiting, Timer timer) {
        this.free = mostAtOnce;
        this.mostWaiting = mostWaiting;
        this.timer = timer;
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
        Answer answer = takeOrAwait(longestWait);
        if (answer == Answer.TAKEN) {
            Thread self = Thread.currentThread();
            HELD.put(self, new Held(this, HELD.get(self)));
        }
        return answer;
    }

    private Answer takeOrAwait(Duration longestWait) throws InterruptedException {
        Signal turn = new Signal();
        synchronized (this) {
            if (free > 0) {
                free--;
                return Answer.TAKEN;
            }
            if (waiting.size() >= mostWaiting) {
                return Answer.TOO_MANY_WAIT;
            }
            waiting.add(turn);
        }
        return await(turn, longestWait);
    }

    private Answer await(Signal turn, Duration longestWait) throws InterruptedException {
        Patience patience = Patience.of(timer, longestWait.toMillis(), false);
        patience.begin();
        try {
            turn.await(patience);
        } catch (InterruptedException e) {
            if (!leave(turn)) {
                release();
            }
            throw e;
        }
        return leave(turn) ? Answer.WAITED_IN_VAIN : Answer.TAKEN;
    }

    /** Ends waiting for a turn; returns false if it was given already. */
    private synchronized boolean leave(Signal turn) {
        return waiting.remove(turn);
    }

    /** Gives back the turn that this thread took last. */
    void giveBack() {
        HELD.computeIfPresent(Thread.currentThread(), (thread, held) -> held.before);
        release();
    }

    /** Whoever waits has the first turn that is free, so that there is none free while somebody waits. */
    private synchronized void release() {
        free++;
        if (free > 0 && !waiting.isEmpty()) {
            free--;
            Signal first = waiting.iterator().next();
            waiting.remove(first);
            first.give();
        }
    }

    private synchronized void takeInAnyCase() {
        free--;
    }

    /** Lets others have the turns of this thread, which is about to wait for a load of theirs; {@link #takeBack} must follow. */
    static void lend() {
        forEachHeld(Turns::release);
    }

    /** Takes back what was lent. */
    static void takeBack() {
        forEachHeld(Turns::takeInAnyCase);
    }

    private static void forEachHeld(Consumer<Turns> action) {
        for (Held held = HELD.get(Thread.currentThread()); held != null; held = held.before) {
            action.accept(held.turns);
        }
    }
}
