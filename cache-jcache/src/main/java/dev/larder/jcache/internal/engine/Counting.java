package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.stats.Statistics;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;

/**
 * What an operation counts of what its change came to. It is counted as soon as the change is done, before listeners hear of it:
 * one that fails does not undo the change.
 */
enum Counting {
    /** Nothing: the operation is none that the standard counts. */
    NOTHING,
    /** A put. */
    PUT,
    /** A put, and whether there was a value. */
    GET_AND_PUT,
    /** A put if it was made, and whether there was a value. */
    PUT_IF_ABSENT,
    /** A put if it was made, and whether there was a value. */
    REPLACE,
    /** A removal if there was a value. */
    REMOVE,
    /** A removal if it was made, and whether there was a value. */
    GET_AND_REMOVE;

    void count(Outcome<?> outcome, Statistics statistics) {
        switch (this) {
            case NOTHING -> {}
            case PUT -> countPut(hasPut(outcome), statistics);
            case GET_AND_PUT -> {
                statistics.hitIf(outcome.previous() != null);
                countPut(hasPut(outcome), statistics);
            }
            case PUT_IF_ABSENT -> {
                statistics.hitIf(!outcome.isApplied());
                countPut(hasStored(outcome), statistics);
            }
            case REPLACE -> {
                statistics.hitIf(outcome.effect() != Effect.ABSENT);
                countPut(outcome.isApplied(), statistics);
            }
            case REMOVE -> countRemoval(outcome, statistics);
            case GET_AND_REMOVE -> {
                statistics.hitIf(outcome.effect() != Effect.ABSENT);
                countRemoval(outcome, statistics);
            }
        }
    }

    /** Whether a put was one: what expires at once is, if it ended an entry. */
    private static boolean hasPut(Outcome<?> outcome) {
        return outcome.effect() != Effect.NOT_STORED || outcome.previous() != null;
    }

    /** Whether a value is there now that a change has put there. */
    static boolean hasStored(Outcome<?> outcome) {
        return outcome.isApplied() && outcome.effect() != Effect.NOT_STORED;
    }

    private static void countPut(boolean isPut, Statistics statistics) {
        if (isPut) {
            statistics.put();
        }
    }

    private static void countRemoval(Outcome<?> outcome, Statistics statistics) {
        if (outcome.isApplied()) {
            statistics.removal();
        }
    }
}
