package dev.larder.testkit.interleave;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Many runs of one scenario, each in another order; see {@link Interleaving} for an example.
 *
 * <p>A run that fails ends them, with its schedule and its seed in the message. The system property
 * {@code larder.interleaving.seed} set to that seed lets {@link #ofSeeds} try nothing else.
 */
public final class Interleavings {

    static final String SEED_PROPERTY = "larder.interleaving.seed";

    private final Iterable<Choices> runs;

    private Interleavings(Iterable<Choices> runs) {
        this.runs = runs;
    }

    /** Sets a scene, plays the run, and asserts what must hold whatever the order was. */
    @FunctionalInterface
    public interface Scenario {

        /** Does so; what it throws is a failure. */
        void run(Interleaving run) throws Exception;
    }

    /** Returns runs by the seeds from one to that number. */
    public static Interleavings ofSeeds(int number) {
        return ofSeeds(1, number);
    }

    /** Returns runs by that number of seeds, the first of which is given. */
    public static Interleavings ofSeeds(long first, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("there must be a run at least: " + number);
        }
        Long only = Long.getLong(SEED_PROPERTY);
        LongStream seeds = only == null ? LongStream.range(first, first + number) : LongStream.of(only);
        List<Choices> runs = seeds.<Choices>mapToObj(Choices.Seeded::new).toList();
        return new Interleavings(runs);
    }

    /**
     * Returns a run for each way that the choices can fall, depth first. That takes a scenario of a few short actors, as the number
     * grows fast.
     *
     * @param atMost how many runs there may be; if there are more, the check fails
     */
    public static Interleavings exhaustive(int atMost) {
        return new Interleavings(() -> new Paths(atMost));
    }

    /**
     * Plays them one after the other.
     *
     * @return how many there were
     * @throws AssertionError if one fails
     */
    public int check(Scenario scenario) {
        int number = 0;
        for (Choices choices : runs) {
            play(new Interleaving(choices), scenario);
            number++;
        }
        return number;
    }

    private static void play(Interleaving run, Scenario scenario) {
        try {
            scenario.run(run);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(e + "\n" + run, e);
        }
    }

    /** The ways in which choices can fall, the next of which shows only when one has been gone. */
    private static final class Paths implements Iterator<Choices> {

        private final int atMost;
        private int number;
        private Choices.@Nullable Path last;

        Paths(int atMost) {
            this.atMost = atMost;
        }

        @Override
        public boolean hasNext() {
            return last == null || !last.branch().isEmpty();
        }

        @Override
        public Choices next() {
            List<Integer> given = last == null ? List.of() : last.branch();
            if (last != null && given.isEmpty()) {
                throw new NoSuchElementException();
            }
            if (++number > atMost) {
                throw new AssertionError("there are more than " + atMost + " ways to run this");
            }
            last = new Choices.Path(given);
            return last;
        }
    }
}
