package dev.larder.benchmarks.run;

import static dev.larder.benchmarks.run.TestRows.result;
import static dev.larder.benchmarks.run.TestRows.row;
import static dev.larder.benchmarks.run.TestRows.sample;
import static dev.larder.benchmarks.subject.Library.CACHE2K;
import static dev.larder.benchmarks.subject.Library.CAFFEINE;
import static dev.larder.benchmarks.subject.Library.CAFFEINE_JCACHE;
import static dev.larder.benchmarks.subject.Library.LARDER;
import static dev.larder.benchmarks.subject.Library.LARDER_GET;
import static dev.larder.benchmarks.subject.Library.LETTUCE;
import static dev.larder.benchmarks.subject.Library.REDISSON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowResultTest {

    @Test
    void ratioComparesFiguresOfTheSameRound() throws InterruptedException {
        // the machine is ten times as slow in the second round
        Map<Integer, Map<String, Double>> nanos =
                Map.of(0, Map.of("larder", 10.0, "caffeine", 20.0), 1, Map.of("larder", 100.0, "caffeine", 300.0));
        int[] calls = {0};
        Row row = row((library, effort) -> sample(nanos.get(calls[0]++ / 2).get(library.id())), LARDER, CAFFEINE);

        RowResult result = new InterleavedRun(List.of(row), 2, Effort.ONCE, line -> {})
                .run()
                .get(0);

        assertThat(result.ratio(LARDER)).isEqualTo(new Spread(2, 2.5, 3));
    }

    @Test
    void cpuIsComparedLikeTime() throws InterruptedException {
        RowResult result = result(Baseline.RAW_CAFFEINE, Map.of(LARDER, 10.0, CAFFEINE, 20.0));

        assertThat(result.cpuRatio(LARDER).median()).isEqualTo(2);
    }

    @Test
    void fastestPeerCanBeTheBaseline() throws InterruptedException {
        RowResult result =
                result(Baseline.BEST_PEER, Map.of(LARDER, 10.0, CAFFEINE, 1.0, CACHE2K, 40.0, CAFFEINE_JCACHE, 30.0));

        assertThat(result.ratio(LARDER).median()).isEqualTo(3);
    }

    @Test
    void peersAreComparedWithWhateverTheBaselineIs() throws InterruptedException {
        RowResult result = result(Baseline.LETTUCE, Map.of(LARDER, 10.0, LETTUCE, 8.0, REDISSON, 30.0));

        assertThat(result.ratio(LARDER).median()).isEqualTo(0.8);
        assertThat(result.ratioToBestPeer(LARDER).median()).isEqualTo(3);
    }

    @Test
    void withoutABaselineThereIsNoRatio() throws InterruptedException {
        RowResult result = result(Baseline.RAW_CAFFEINE, Map.of(LARDER, 10.0));

        assertThat(result.ratio(LARDER).isEmpty()).isTrue();
        assertThat(result.score(LARDER).median()).isEqualTo(10);
    }

    @Test
    void figureIsSoMuchMoreThanTheBaseline() throws InterruptedException {
        RowResult result = result(Baseline.LARDER_GET, Map.of(LARDER, 90.0, LARDER_GET, 30.0));

        assertThat(result.above(LARDER).median()).isEqualTo(60);
    }

    @Test
    void goalIsReachedByRatioAndAllocation() throws InterruptedException {
        assertThat(result(Baseline.RAW_CAFFEINE, Map.of(LARDER, 10.0, CAFFEINE, 10.0))
                        .isGoalReached())
                .isTrue();
        assertThat(result(Baseline.RAW_CAFFEINE, Map.of(LARDER, 20.0, CAFFEINE, 10.0))
                        .isGoalReached())
                .isFalse();
    }
}
