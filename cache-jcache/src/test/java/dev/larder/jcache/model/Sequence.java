package dev.larder.jcache.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A configuration and the steps to be taken in it, all of which follow from one seed. */
record Sequence<V>(long seed, Setup setup, ValueKind<V> kind, List<Step<V>> steps) {

    static final int LENGTH = 160;

    /** Returns the sequence of a seed. */
    static Sequence<?> of(long seed, List<TestedStore> stores) {
        SplittableRandom random = new SplittableRandom(seed);
        Setup setup = Setup.draw(stores, random);
        return of(seed, setup, setup.values(), random);
    }

    private static <V> Sequence<V> of(long seed, Setup setup, ValueKind<V> kind, SplittableRandom random) {
        return new Sequence<>(seed, setup, kind, new Steps<V>(setup, random).draw(LENGTH));
    }

    /** Takes a cache and its model through the steps; returns the first difference, or null if there is none. */
    Difference<V> run() {
        try (Trial<V> trial = new Trial<>(setup, kind)) {
            for (int i = 0; i < steps.size(); i++) {
                String difference = trial.take(steps.get(i));
                if (difference == null && i == steps.size() - 1) {
                    difference = trial.differenceInTotals();
                }
                if (difference != null) {
                    return new Difference<>(withSteps(steps.subList(0, i + 1)), difference);
                }
            }
            return null;
        }
    }

    /**
     * Returns the same with a step at the end that waits for what other threads have to tell: without it a difference that they tell of is
     * found in one run and missed in the next.
     */
    Sequence<V> settled() {
        List<Step<V>> all = new ArrayList<>(steps);
        all.add(Steps.untilAllIsDead());
        return withSteps(all);
    }

    /** Returns the same with other steps. */
    Sequence<V> withSteps(List<Step<V>> others) {
        return new Sequence<>(seed, setup, kind, others);
    }
}
