package dev.larder.jcache.internal.stats;

import dev.larder.jcache.internal.concurrent.ThreadSlots;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Exact counters that threads raise without an atomic step: each of the {@link ThreadSlots} has a row of them, which only its
 * thread writes. A thread without a slot shares a row of adders with its like.
 *
 * <p>Counters only ever go up, and a reset is a new zero to count from; so it takes nothing away from a thread that counts at the
 * same time.
 */
final class Counters {

    static final int HITS = 0;
    static final int MISSES = 1;
    static final int PUTS = 2;
    static final int REMOVALS = 3;
    static final int EVICTIONS = 4;

    private static final int COUNTERS = 5;

    /** Which of the longs in a row is no counter but the state of that thread's random numbers. */
    private static final int RANDOM = COUNTERS;

    /** A row has two cache lines to itself: processors fetch them in pairs. */
    private static final int ROW = 16;

    private static final long MULTIPLIER = 6_364_136_223_846_793_005L;
    private static final long INCREMENT = 1_442_695_040_888_963_407L;

    private final AtomicLongArray rows = new AtomicLongArray((ThreadSlots.COUNT + 1) * ROW);
    private final LongAdder[] shared = new LongAdder[COUNTERS];
    private final AtomicLongArray zeros = new AtomicLongArray(COUNTERS);

    Counters() {
        for (int i = 0; i < COUNTERS; i++) {
            shared[i] = new LongAdder();
        }
    }

    void add(int counter, long number) {
        int slot = ThreadSlots.mine();
        if (slot == ThreadSlots.NONE) {
            shared[counter].add(number);
        } else {
            int place = row(slot) + counter;
            rows.setOpaque(place, rows.getPlain(place) + number);
        }
    }

    private static int row(int slot) {
        return (slot + 1) * ROW;
    }

    /** Returns a few random bits, by Knuth's linear congruential generator (MMIX). */
    int randomBits(int bits) {
        int slot = ThreadSlots.mine();
        if (slot == ThreadSlots.NONE) {
            return ThreadLocalRandom.current().nextInt() >>> (Integer.SIZE - bits);
        }
        int place = row(slot) + RANDOM;
        long next = rows.getPlain(place) * MULTIPLIER + INCREMENT;
        rows.setPlain(place, next);
        return (int) (next >>> (Long.SIZE - bits));
    }

    long sum(int counter) {
        return total(counter) - zeros.get(counter);
    }

    private long total(int counter) {
        long total = shared[counter].sum();
        for (int slot = 0; slot < ThreadSlots.COUNT; slot++) {
            total += rows.getOpaque(row(slot) + counter);
        }
        return total;
    }

    void reset() {
        for (int counter = 0; counter < COUNTERS; counter++) {
            zeros.set(counter, total(counter));
        }
    }
}
