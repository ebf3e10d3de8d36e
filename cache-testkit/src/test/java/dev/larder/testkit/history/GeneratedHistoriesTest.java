package dev.larder.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.history.Generated.Shape;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares the checker with brute force, on histories that can be ordered and on others. */
class GeneratedHistoriesTest {

    private static final int HISTORIES = 20_000;

    /** Small enough to be permuted; few values, so that the same one comes from several calls. */
    private static Shape small(long seed) {
        Random random = new Random(seed);
        int clients = 2 + random.nextInt(3);
        return new Shape(
                clients, 8 / clients, 1, 300 * random.nextInt(2), 2 + random.nextInt(6), 1 + 99 * random.nextInt(2));
    }

    @Test
    void historiesOfALinearizableCacheAreAccepted() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            Verdict verdict = check(Generated.calls(seed, small(seed)));

            assertThat(verdict.isLinearizable())
                    .as("seed " + seed + "\n" + verdict)
                    .isTrue();
        }
    }

    @Test
    void verdictIsThatOfBruteForce() {
        int rejected = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            List<Call> calls = Generated.withOneAnswerChanged(seed, Generated.calls(seed, small(seed)));

            Verdict verdict = check(calls);

            assertThat(verdict.isLinearizable())
                    .as("seed " + seed + "\n" + verdict)
                    .isEqualTo(BruteForce.isLinearizable(calls));
            rejected += verdict.isLinearizable() ? 0 : 1;
        }
        assertThat(rejected).isBetween(HISTORIES / 4, HISTORIES * 3 / 4);
    }

    private static Verdict check(List<Call> calls) {
        return LinearizabilityChecker.check(History.of(calls));
    }
}
