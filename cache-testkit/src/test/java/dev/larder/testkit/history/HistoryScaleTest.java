package dev.larder.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.history.Generated.Shape;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Histories as long as those of real caches. */
class HistoryScaleTest {

    /** More than there are calls: every value that is put is another. */
    private static final long UNIQUE = Long.MAX_VALUE;

    /** Takes some seconds each; the bound is for machines that do something else too. */
    @ParameterizedTest
    @CsvSource({"50, 0", "50, 20", "50, 50", "1, 0"})
    @Timeout(600)
    void hundredThousandCallsOfEightClientsAreDecided(int keys, int unknownPerMille) {
        List<Call> calls = Generated.calls(1, new Shape(8, 12_500, keys, unknownPerMille, UNIQUE, 1_000_000));

        Verdict verdict = LinearizabilityChecker.check(History.of(calls));

        assertThat(verdict.isLinearizable()).as(verdict.toString()).isTrue();
    }
}
