package dev.larder.store.heap;

import dev.larder.time.Clock;
import dev.larder.time.Timer;
import java.util.concurrent.Executor;

/**
 * Tells whether a deadline has passed, mostly without reading a clock, which would cost more than the rest of a hit.
 *
 * <p>While a store is read often, a timer keeps a <em>horizon</em> some way ahead of the clock. A deadline beyond it has not passed, and
 * only for one before it the clock is read. So entries expire to the millisecond, as long as the timer is late by no more than
 * {@value #MARGIN_MILLIS} - {@value #PERIOD_MILLIS} ms.
 *
 * <p>Should the timer be starved for longer, readers notice it: each thread reads the clock one time in
 * {@value #SAMPLE}, whatever the horizon, and moves that if need be. A store that is read seldom has no horizon and
 * no timer; there each reader reads the clock. Decision 15 tells why a reader without a clock cannot be promised more.
 */
final class Horizon {

    static final long MARGIN_MILLIS = 1_000;
    static final long PERIOD_MILLIS = 250;

    /** One in so many reads of a thread reads the clock, a power of two. */
    static final int SAMPLE = 256;

    /** How many such readings it takes to begin with a horizon, and in each period to go on with it. */
    static final int OFTEN = 8;

    private static final int COUNTERS = 32;

    /** Counters stand in cache lines of their own. */
    private static final int SPREAD = 16;

    /** No deadline is beyond this. */
    private static final long NONE = Long.MAX_VALUE;

    private final Clock clock;
    private final Timer timer;
    private final Executor executor;
    private final int[] counters = new int[COUNTERS * SPREAD];
    private int samples;

    /** Written under the lock of this. */
    private volatile long horizonMillis = NONE;

    Horizon(Clock clock, Timer timer, Executor executor) {
        this.clock = clock;
        this.timer = timer;
        this.executor = executor;
    }

    /** Whether a deadline has passed. */
    boolean hasPassed(long deadlineMillis) {
        boolean isSample = isSample();
        return (isSample || deadlineMillis <= horizonMillis) && hasPassedByTheClock(deadlineMillis, isSample);
    }

    /** Threads that share a counter may count wrong, which makes a sample come late or early. */
    private boolean isSample() {
        int counter = ((int) Thread.currentThread().getId() & (COUNTERS - 1)) * SPREAD;
        return (counters[counter]++ & (SAMPLE - 1)) == 0;
    }

    private boolean hasPassedByTheClock(long deadlineMillis, boolean isSample) {
        long now = clock.millis();
        if (isSample) {
            sampled(now);
        }
        return deadlineMillis <= now;
    }

    private void sampled(long now) {
        // racy, and harmless so: at worst the horizon comes a little later, or is given up a little early
        int seen = samples + 1;
        samples = seen;
        long horizon = horizonMillis;
        if (horizon == NONE ? seen >= OFTEN : horizon < now) {
            move(now);
        }
    }

    /** Sets the horizon by a reading of the clock, and sees that the timer goes on doing so. */
    private synchronized void move(long now) {
        boolean isTicking = horizonMillis != NONE;
        horizonMillis = now + MARGIN_MILLIS;
        if (!isTicking) {
            timer.runAfter(PERIOD_MILLIS, this::tick, executor);
        }
    }

    private synchronized void tick() {
        if (samples < OFTEN) {
            horizonMillis = NONE;
        } else {
            horizonMillis = clock.millis() + MARGIN_MILLIS;
            timer.runAfter(PERIOD_MILLIS, this::tick, executor);
        }
        samples = 0;
    }
}
