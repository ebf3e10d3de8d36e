package dev.larder.jcache.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.larder.jcache.concurrency.Stress;
import java.lang.System.Logger.Level;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random operations over every configuration, against a plain model of what a cache is to do.
 *
 * <p>Each build takes other steps. A difference names the seed of its sequence, which {@code -Dlarder.model.seed} runs again,
 * alone; {@code -Dlarder.model.run} repeats a whole run.
 */
@Timeout(3_600)
class ModelTest {

    private static final System.Logger LOGGER = System.getLogger(ModelTest.class.getName());

    /** The property that names the seed of a whole run. */
    private static final String RUN_PROPERTY = "larder.model.run";

    /** Of {@value Sequence#LENGTH} steps each. */
    private static final int SEQUENCES = Stress.rounds(1_300, 65_000);

    @Test
    void cacheDoesWhatItsModelDoes() {
        ModelRun run = new ModelRun(TestedStore.ALL);
        Long alone = Long.getLong(Difference.SEED_PROPERTY);
        if (alone != null) {
            failOn(run.runOne(alone));
            return;
        }
        long seed = Long.getLong(RUN_PROPERTY, new SplittableRandom().nextLong());
        LOGGER.log(
                Level.INFO,
                "to take the same steps again: -Dtest=ModelTest -D{0}={1}",
                RUN_PROPERTY,
                String.valueOf(seed));

        Difference<?> difference = run.run(seed, SEQUENCES);

        failOn(difference);
        assertThat(run.steps()).isGreaterThanOrEqualTo(200_000);
        assertThat(run.configurations()).isGreaterThanOrEqualTo(1_000);
    }

    private static void failOn(Difference<?> difference) {
        if (difference != null) {
            fail(difference.report());
        }
    }
}
