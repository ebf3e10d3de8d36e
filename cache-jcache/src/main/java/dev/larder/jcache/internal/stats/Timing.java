package dev.larder.jcache.internal.stats;

import dev.larder.time.Clock;
import java.util.concurrent.atomic.LongAdder;

/** The times of a sample of one kind of operation: the first, and then about one in {@value Counters#SAMPLE}. */
final class Timing {

    /** Stands for an operation that is not timed. */
    static final long NOT_TIMED = -1;

    private final LongAdder samples = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    /** Racy, and harmless so: at worst a few more of the first operations are timed. */
    private boolean started;

    long start(Clock clock, boolean isSample) {
        if (started && !isSample) {
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
