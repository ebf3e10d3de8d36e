package dev.larder.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.history.Generated.Shape;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Histories as long as those of real caches. */
@Timeout(120)
class HistoryScaleTest {

    /** More than there are calls: every value that is put is another. */
    private static final long UNIQUE = Long.MAX_VALUE;

    @ParameterizedTest
    @CsvSource({"8, 50, 0", "8, 50, 10", "8, 50, 50", "8, 1, 0", "8, 1, 2", "16, 4, 2"})
    void hundredThousandCallsAreChecked(int clients, int keys, int unknownPerMille) {
        List<Call> calls =
                Generated.calls(1, new Shape(clients, 100_000 / clients, keys, unknownPerMille, UNIQUE, 1_000_000));

        long began = System.nanoTime();
        Verdict verdict = LinearizabilityChecker.check(History.of(calls));
        System.out.println(
                clients + " " + keys + " " + unknownPerMille + " " + Duration.ofNanos(System.nanoTime() - began));

        assertThat(verdict.isLinearizable()).as(verdict.toString()).isTrue();
    }
}
