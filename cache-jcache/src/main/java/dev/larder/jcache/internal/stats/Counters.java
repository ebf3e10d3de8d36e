package dev.larder.jcache.internal.stats;

import dev.larder.jcache.internal.concurrent.ThreadSlots;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Exact counters that threads raise without an atomic step: a thread that has one of the {@link ThreadSlots} has a {@link Tally}
 * to itself. Those without share adders.
 *
 * <p>Counters only ever go up, and a reset is a new zero to count from; so it takes nothing away from a thread that counts at the
 * same time.
 */
public final class Counters {

    static final int HITS = 0;
    static final int MISSES = 1;
    static final int PUTS = 2;
    static final int REMOVALS = 3;
    static final int EVICTIONS = 4;

    private static final int COUNTERS = 5;

    /** One in so many operations is timed, a power of two. */
    static final int SAMPLE = 256;

    private final Tally[] tallies = new Tally[ThreadSlots.COUNT];
    private final LongAdder[] shared = new LongAdder[COUNTERS];
    private final AtomicLongArray zeros = new AtomicLongArray(COUNTERS);

    Counters() {
        for (int slot = 0; slot < tallies.length; slot++) {
            tallies[slot] = new Tally();
        }
        for (int counter = 0; counter < COUNTERS; counter++) {
            shared[counter] = new LongAdder();
        }
    }

    /** Returns the tally in which a get of this thread is to be counted, or null if it goes the long way: it is to be timed, say. */
    public @Nullable Tally forHit() {
        long id = Thread.currentThread().getId();
        Tally mine = tallies[ThreadSlots.slotOf(id)];
        return mine.isOf(id) && !isSample(mine.getsSinceFirst()) ? mine : null;
    }

    private @Nullable Tally mine() {
        long id = Thread.currentThread().getId();
        Tally mine = tallies[ThreadSlots.slotOf(id)];
        return mine.isOf(id) ? mine : claim(id, mine);
    }

    private static @Nullable Tally claim(long id, Tally tally) {
        if (ThreadSlots.mine() == ThreadSlots.NONE) {
            return null;
        }
        tally.giveTo(id);
        return tally;
    }

    private static boolean isSample(long ordinal) {
        return (ordinal & (SAMPLE - 1)) == 0;
    }

    /** Whether the next get of this thread is one to be timed: its first, and then one of so many. */
    boolean isGetSampled() {
        Tally mine = mine();
        return mine == null ? isSampledAtRandom() : isSample(mine.getsSinceFirst());
    }

    /** Whether something else is to be timed. */
    boolean isSampledAtRandom() {
        return isSample(ThreadLocalRandom.current().nextInt());
    }

    void add(int counter, long number) {
        Tally mine = mine();
        if (mine == null) {
            shared[counter].add(number);
        } else {
            mine.add(counter, number);
        }
    }

    long sum(int counter) {
        return total(counter) - zeros.get(counter);
    }

    private long total(int counter) {
        long total = shared[counter].sum();
        for (Tally tally : tallies) {
            total += tally.read(counter);
        }
        return total;
    }

    void reset() {
        for (Tally tally : tallies) {
            tally.sampleNext();
        }
        for (int counter = 0; counter < COUNTERS; counter++) {
            zeros.set(counter, total(counter));
        }
    }
}
