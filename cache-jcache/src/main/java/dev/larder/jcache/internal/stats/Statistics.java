package dev.larder.jcache.internal.stats;

import dev.larder.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The counters and times of one cache, which cost next to nothing while they are switched off.
 *
 * <p>Counts are exact. Times are averages of a sample, the first operation of each kind and then about one in
 * {@value Counters#SAMPLE}: two readings of the clock would cost as much as a hit.
 */
public final class Statistics {

    private final Clock clock;
    private final Timing getTime = new Timing();
    private final Timing putTime = new Timing();
    private final Timing removeTime = new Timing();

    /** What was counted so far, made when counting begins; guarded by this. */
    private @Nullable Counters counters;

    /** The same while counting is on, else null. */
    private volatile @Nullable Counters counting;

    /** Creates counters that stand at zero. */
    public Statistics(Clock clock, boolean enabled) {
        this.clock = clock;
        setEnabled(enabled);
    }

    /** Whether anything is counted. */
    public boolean isEnabled() {
        return counting != null;
    }

    /** Returns what counts at the moment, or null. */
    public @Nullable Counters counting() {
        return counting;
    }

    /** Starts or stops counting; what was counted stays. */
    public synchronized void setEnabled(boolean enabled) {
        if (enabled && counters == null) {
            counters = new Counters();
        }
        counting = enabled ? counters : null;
    }

    /** Returns what to hand to {@link #endGet}. */
    public long startGet() {
        Counters now = counting;
        return now == null ? Timing.NOT_TIMED : getTime.start(clock, now.isGetSampled());
    }

    /** Returns what to hand to {@link #endPut}. */
    public long startPut() {
        return start(putTime);
    }

    /** Returns what to hand to {@link #endRemove}. */
    public long startRemove() {
        return start(removeTime);
    }

    private long start(Timing timing) {
        Counters now = counting;
        return now == null ? Timing.NOT_TIMED : timing.start(clock, now.isSampledAtRandom());
    }

    private void add(int counter, long number) {
        Counters now = counting;
        if (now != null) {
            now.add(counter, number);
        }
    }

    /** Counts a hit. */
    public void hit() {
        hits(1);
    }

    /** Counts hits. */
    public void hits(long number) {
        add(Counters.HITS, number);
    }

    /** Counts a miss. */
    public void miss() {
        misses(1);
    }

    /** Counts misses. */
    public void misses(long number) {
        add(Counters.MISSES, number);
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
        add(Counters.PUTS, 1);
    }

    /** Counts a removal. */
    public void removal() {
        add(Counters.REMOVALS, 1);
    }

    /** Counts an eviction. */
    public void eviction() {
        add(Counters.EVICTIONS, 1);
    }

    /** Notes the time of a get since {@link #startGet}. */
    public void endGet(long start) {
        if (start != Timing.NOT_TIMED) {
            getTime.end(clock, start);
        }
    }

    /** Notes the time of a put since {@link #startPut}. */
    public void endPut(long start) {
        if (start != Timing.NOT_TIMED) {
            putTime.end(clock, start);
        }
    }

    /** Notes the time of a removal since {@link #startRemove}. */
    public void endRemove(long start) {
        if (start != Timing.NOT_TIMED) {
            removeTime.end(clock, start);
        }
    }

    /** Sets everything to zero. */
    public synchronized void clear() {
        if (counters != null) {
            counters.reset();
        }
        getTime.clear();
        putTime.clear();
        removeTime.clear();
    }

    private synchronized long sum(int counter) {
        return counters == null ? 0 : counters.sum(counter);
    }

    /** Returns the number of hits. */
    public long hits() {
        return sum(Counters.HITS);
    }

    /** Returns the number of misses. */
    public long misses() {
        return sum(Counters.MISSES);
    }

    /** Returns the number of puts. */
    public long puts() {
        return sum(Counters.PUTS);
    }

    /** Returns the number of removals. */
    public long removals() {
        return sum(Counters.REMOVALS);
    }

    /** Returns the number of evictions. */
    public long evictions() {
        return sum(Counters.EVICTIONS);
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
}
