package dev.larder.jcache.model;

import java.time.Duration;
import java.util.List;

/**
 * What a cache did otherwise than its model.
 *
 * @param sequence the steps up to where it was found
 * @param text what differs
 */
record Difference<V>(Sequence<V> sequence, String text) {

    /** The property that names the seed of a sequence to be run again, alone. */
    static final String SEED_PROPERTY = "larder.model.seed";

    private static final int SHOWN = 20;
    private static final Duration TIME_TO_SHRINK = Duration.ofMinutes(1);

    /** Returns a difference that takes fewer steps, if one is found. It need not be the same. */
    Difference<V> shrunk() {
        long end = System.nanoTime() + TIME_TO_SHRINK.toNanos();
        List<Step<V>> fewer = Shrinking.shrink(
                sequence.steps(),
                some -> System.nanoTime() < end
                        && sequence.withSteps(some).settled().run() != null);
        Difference<V> again = sequence.withSteps(fewer).settled().run();
        return again == null ? this : again;
    }

    /** Says what differs, where, and how to see it again. */
    String report() {
        Difference<V> shrunk = shrunk();
        List<Step<V>> steps = sequence.steps();
        return """
                the cache differs from its model in %s
                  found in step %d of seed %d; to run that again, alone: -Dtest=ModelTest -D%s=%d
                  configuration: %s
                  the last steps before it:
                %s
                  the fewest steps found that make a difference, which is then in %s:
                %s
                """.formatted(
                        text,
                        steps.size(),
                        sequence.seed(),
                        SEED_PROPERTY,
                        sequence.seed(),
                        sequence.setup(),
                        lines(steps.subList(Math.max(0, steps.size() - SHOWN), steps.size())),
                        shrunk.text(),
                        lines(shrunk.sequence().steps()));
    }

    private static String lines(List<?> steps) {
        return String.join("\n", steps.stream().map(step -> "    " + step).toList());
    }
}
