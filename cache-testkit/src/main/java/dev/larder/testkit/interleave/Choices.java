package dev.larder.testkit.interleave;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Decides what is left open in a run: who goes on, and what a test asks for itself. */
abstract class Choices {

    /** Returns a number from zero to one less than the number of options. */
    final synchronized int next(int options) {
        if (options < 1) {
            throw new IllegalArgumentException("a choice needs at least one option: " + options);
        }
        return options == 1 ? 0 : choose(options);
    }

    abstract int choose(int options);

    /** Says how the run is had once more. */
    abstract String replay();

    /** Chooses by chance. */
    static final class Seeded extends Choices {

        private final long seed;
        private final Random random;

        Seeded(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        @Override
        int choose(int options) {
            return random.nextInt(options);
        }

        @Override
        String replay() {
            return "Interleaving.ofSeed(" + seed + "L) or -D" + Interleavings.SEED_PROPERTY + "=" + seed;
        }
    }

    /** Makes the choices that it is given, then the first one each time; and knows what else there was to choose. */
    static final class Path extends Choices {

        private final List<Integer> given;
        private final List<Integer> made = new ArrayList<>();
        private final List<Integer> options = new ArrayList<>();

        Path(List<Integer> given) {
            this.given = List.copyOf(given);
        }

        @Override
        int choose(int number) {
            int depth = made.size();
            int choice = depth < given.size() ? given.get(depth) : 0;
            if (choice >= number) {
                throw new IllegalStateException("the run is another than the one these choices were made for: choice "
                        + depth + " is " + choice + " and there are " + number + " options");
            }
            made.add(choice);
            options.add(number);
            return choice;
        }

        /** Returns the choices that lead into the next branch, depth first; none if this was the last. */
        synchronized List<Integer> branch() {
            int depth = made.size() - 1;
            while (depth >= 0 && made.get(depth) + 1 == options.get(depth)) {
                depth--;
            }
            if (depth < 0) {
                return List.of();
            }
            return Stream.concat(made.stream().limit(depth), Stream.of(made.get(depth) + 1))
                    .toList();
        }

        @Override
        synchronized String replay() {
            String choices = made.toString();
            return "Interleaving.ofChoices(" + choices.substring(1, choices.length() - 1) + ")";
        }
    }
}
