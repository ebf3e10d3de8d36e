package dev.larder.jcache.internal.stats;

import dev.larder.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters and times of one cache, which cost next to nothing while they are switched off.
 *
 * <p>Counts are exact. Times are averages of a sample, the first operation of each kind and then about one in
 * {@value #SAMPLE}: two readings of the clock would cost as much as a hit.
 */
public final class Statistics {

    /** Stands for an operation that is not timed. */
    private static final long NOT_TIMED = -1;

    private static final int SAMPLE = 64;

    private final Clock clock;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder removals = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final Timing getTime = new Timing();
    private final Timing putTime = new Timing();
    private final Timing removeTime = new Timing();
    private volatile boolean enabled;

    /** Creates counters that stand at zero. */
    public Statistics(Clock clock, boolean enabled) {
        this.clock = clock;
        this.enabled = enabled;
    }

    /** Whether anything is counted. */
    public boolean isEnabled() {
        return enabled;
    }

    /** Starts or stops counting; what was counted stays. */
    public void setEnabled(boolean newEnabled) {
        enabled = newEnabled;
    }

    /** Returns what to hand to {@link #endGet}. */
    public long startGet() {
        return enabled ? getTime.start(clock) : NOT_TIMED;
    }

    /** Returns what to hand to {@link #endPut}. */
    public long startPut() {
        return enabled ? putTime.start(clock) : NOT_TIMED;
    }

    /** Returns what to hand to {@link #endRemove}. */
    public long startRemove() {
        return enabled ? removeTime.start(clock) : NOT_TIMED;
    }

    /** Counts a hit. */
    public void hit() {
        hits(1);
    }

    /** Counts hits. */
    public void hits(long number) {
        if (enabled) {
            hits.add(number);
        }
    }

    /** Counts a miss. */
    public void miss() {
        misses(1);
    }

    /** Counts misses. */
    public void misses(long number) {
        if (enabled) {
            misses.add(number);
        }
    }

    /** Counts a hit or a miss. */
    public void hitIf(boolean hit) {
        if (hit) {
            hit();
        } else {
            miss();
        }
    }

    /** Counts a put. */
    public void put() {
        if (enabled) {
            puts.increment();
        }
    }

    /** Counts a removal. */
    public void removal() {
        if (enabled) {
            removals.increment();
        }
    }

    /** Counts an eviction. */
    public void eviction() {
        if (enabled) {
            evictions.increment();
        }
    }

    /** Notes the time of a get since {@link #startGet}. */
    public void endGet(long start) {
        if (start != NOT_TIMED) {
            getTime.end(clock, start);
        }
    }

    /** Notes the time of a put since {@link #startPut}. */
    public void endPut(long start) {
        if (start != NOT_TIMED) {
            putTime.end(clock, start);
        }
    }

    /** Notes the time of a removal since {@link #startRemove}. */
    public void endRemove(long start) {
        if (start != NOT_TIMED) {
            removeTime.end(clock, start);
        }
    }

    /** Sets everything to zero. */
    public void clear() {
        hits.reset();
        misses.reset();
        puts.reset();
        removals.reset();
        evictions.reset();
        getTime.clear();
        putTime.clear();
        removeTime.clear();
    }

    /** Returns the number of hits. */
    public long hits() {
        return hits.sum();
    }

    /** Returns the number of misses. */
    public long misses() {
        return misses.sum();
    }

    /** Returns the number of puts. */
    public long puts() {
        return puts.sum();
    }

    /** Returns the number of removals. */
    public long removals() {
        return removals.sum();
    }

    /** Returns the number of evictions. */
    public long evictions() {
        return evictions.sum();
    }

    /** Returns the mean time of a get in microseconds, zero if none was timed. */
    public float averageGetMicros() {
        return getTime.averageMicros();
    }

    /** Returns the mean time of a put in microseconds, zero if none was timed. */
    public float averagePutMicros() {
        return putTime.averageMicros();
    }

    /** Returns the mean time of a removal in microseconds, zero if none was timed. */
    public float averageRemoveMicros() {
        return removeTime.averageMicros();
    }

    /** The times of one kind of operation. */
    private static final class Timing {

        private final LongAdder samples = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        /** Racy, and harmless so: at worst a few more of the first operations are timed. */
        private boolean started;

        long start(Clock clock) {
            if (started && (ThreadLocalRandom.current().nextInt() & (SAMPLE - 1)) != 0) {
                return NOT_TIMED;
            }
            started = true;
            return clock.nanos();
        }

        void end(Clock clock, long start) {
            samples.increment();
            nanos.add(clock.nanos() - start);
        }

        float averageMicros() {
            long count = samples.sum();
            return count == 0 ? 0 : nanos.sum() / (count * 1_000f);
        }

        void clear() {
            samples.reset();
            nanos.reset();
            started = false;
        }
    }
}
