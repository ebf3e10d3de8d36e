package dev.larder.jcache.internal.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What one thread has counted. Only that thread writes it, and so needs no atomic step; others may read at any time.
 *
 * <p>Fields rather than an array: there is no index to check, and the way of a hit must be short.
 */
public final class Tally {

    private static final VarHandle HITS = handle("hits");
    private static final VarHandle MISSES = handle("misses");
    private static final VarHandle PUTS = handle("puts");
    private static final VarHandle REMOVALS = handle("removals");
    private static final VarHandle EVICTIONS = handle("evictions");

    /** The id of the thread, or zero for none yet. */
    private volatile long owner;

    /** How many gets there were when times began to be taken. */
    private volatile long first;

    // written by way of the handles, so that other threads see it soon
    private long hits;
    private long misses;
    private long puts;
    private long removals;
    private long evictions;

    // keep the next thread's tally out of this one's cache lines, which processors fetch in pairs
    @SuppressWarnings("unused")
    private long pad1, pad2, pad3, pad4, pad5, pad6, pad7, pad8;

    Tally() {}

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(Tally.class, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(field, e);
        }
    }

    /** Whether it belongs to a thread; asked by that thread. */
    boolean isOf(long threadId) {
        return owner == threadId;
    }

    /** Gives it to a thread whose predecessor has ended. */
    void giveTo(long threadId) {
        owner = threadId;
    }

    /** Counts a hit. */
    public void hit() {
        HITS.setOpaque(this, hits + 1);
    }

    /** Returns how many gets there have been since the one that was the first to be timed; asked by the thread. */
    long getsSinceFirst() {
        return hits + misses - first;
    }

    /** Makes the next get one to be timed; asked by any thread. */
    void sampleNext() {
        first = read(Counters.HITS) + read(Counters.MISSES);
    }

    void add(int counter, long number) {
        switch (counter) {
            case Counters.HITS -> HITS.setOpaque(this, hits + number);
            case Counters.MISSES -> MISSES.setOpaque(this, misses + number);
            case Counters.PUTS -> PUTS.setOpaque(this, puts + number);
            case Counters.REMOVALS -> REMOVALS.setOpaque(this, removals + number);
            default -> EVICTIONS.setOpaque(this, evictions + number);
        }
    }

    long read(int counter) {
        return switch (counter) {
            case Counters.HITS -> (long) HITS.getOpaque(this);
            case Counters.MISSES -> (long) MISSES.getOpaque(this);
            case Counters.PUTS -> (long) PUTS.getOpaque(this);
            case Counters.REMOVALS -> (long) REMOVALS.getOpaque(this);
            default -> (long) EVICTIONS.getOpaque(this);
        };
    }
}
