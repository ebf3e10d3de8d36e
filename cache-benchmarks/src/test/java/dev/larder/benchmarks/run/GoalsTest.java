package dev.larder.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.larder.benchmarks.subject.Library;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Measures the rows with entries on a server next to bare commands and to peers, for half an hour and with {@code -Dlarder.stress=true}
 * only: how fast something is shows on an idle machine, and a build is none.
 */
@EnabledIfSystemProperty(named = "larder.stress", matches = "true")
class GoalsTest {

    private static final int ROUNDS = 3;

    /** Below its goal, and so is lettuce's bare command; decision 17 says why. */
    private static final String BELOW = "remote-get-all-100";

    private static final double REACHED_BELOW = 2;

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void rowReachesItsGoal(String id, Row row) throws InterruptedException {
        RowResult result = new InterleavedRun(List.of(row), ROUNDS, Effort.FULL, line -> {})
                .run()
                .get(0);

        assertThat(result.samples(Library.LARDER)).hasSize(ROUNDS);
        assertThat(result.isGoalReached()).as(() -> measured(result)).isTrue();
    }

    static Stream<Arguments> rows() {
        return Rows.all(List.of()).stream()
                .filter(row -> row.id().startsWith("remote-"))
                .map(row -> row.id().equals(BELOW) ? withGoal(row, Goal.fully(0, REACHED_BELOW)) : row)
                .map(row -> arguments(row.id(), row));
    }

    private static Row withGoal(Row row, Goal goal) {
        return new Row(
                row.id(), row.title(), row.unit(), row.measure(), row.libraries(), row.baseline(), goal, row.isQuick());
    }

    private static String measured(RowResult result) {
        return result.row().goal() + " by " + result.ratio(Library.LARDER).median() + " of the baseline, "
                + result.ratioToBestPeer(Library.LARDER).median() + " of the best peer";
    }
}
