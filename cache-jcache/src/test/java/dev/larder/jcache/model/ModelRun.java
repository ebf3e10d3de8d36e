package dev.larder.jcache.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Runs many sequences over the configurations of some stores, and counts what it ran. */
final class ModelRun {

    private final List<TestedStore> stores;
    private final Set<Setup> touched = new HashSet<>();
    private int steps;

    ModelRun(List<TestedStore> stores) {
        this.stores = stores;
    }

    /** Runs that many sequences, all of which follow from one seed; returns the first difference, or null. */
    Difference<?> run(long seed, int sequences) {
        SplittableRandom random = new SplittableRandom(seed);
        Difference<?> difference = null;
        for (int i = 0; i < sequences && difference == null; i++) {
            difference = runOne(random.nextLong());
        }
        return difference;
    }

    /** Runs the sequence of one seed. */
    Difference<?> runOne(long seed) {
        Sequence<?> sequence = Sequence.of(seed, stores);
        touched.add(sequence.setup());
        steps += sequence.steps().size();
        return sequence.run();
    }

    /** Returns how many different configurations were touched. */
    int configurations() {
        return touched.size();
    }

    int steps() {
        return steps;
    }
}
