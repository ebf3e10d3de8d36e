package dev.larder.benchmarks.run;

import static dev.larder.benchmarks.run.TestRows.row;
import static dev.larder.benchmarks.run.TestRows.sample;
import static dev.larder.benchmarks.subject.Library.CACHE2K;
import static dev.larder.benchmarks.subject.Library.CAFFEINE;
import static dev.larder.benchmarks.subject.Library.LARDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.benchmarks.subject.Library;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterleavedRunTest {
    private final List<Library> measured = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();

    @Test
    void librariesTakeTurnsAndEachIsFirstInItsRound() throws InterruptedException {
        Row row = row(this::remember, LARDER, CAFFEINE, CACHE2K);

        run(3, row);

        assertThat(measured)
                .containsExactly(LARDER, CAFFEINE, CACHE2K, CAFFEINE, CACHE2K, LARDER, CACHE2K, LARDER, CAFFEINE);
    }

    @Test
    void everyMeasurementIsKept() throws InterruptedException {
        RowResult result = run(2, row(this::remember, LARDER, CAFFEINE)).get(0);

        assertThat(result.samples(LARDER)).extracting(Sample::score).containsExactly(1.0, 4.0);
        assertThat(result.samples(CAFFEINE)).extracting(Sample::score).containsExactly(2.0, 3.0);
    }

    @Test
    void libraryThatFailsIsNamedAndLeftOutOfLaterRounds() throws InterruptedException {
        Row row = row(
                (library, effort) -> {
                    if (library == CACHE2K) {
                        measured.add(library);
                        throw new IllegalStateException("no such cache");
                    }
                    return sample(1);
                },
                LARDER,
                CACHE2K);

        RowResult result = run(3, row).get(0);

        assertThat(measured).containsExactly(CACHE2K);
        assertThat(result.failureOf(CACHE2K)).contains("no such cache");
        assertThat(result.failureOf(LARDER)).isNull();
        assertThat(result.samples(LARDER)).hasSize(3);
    }

    @Test
    void progressNamesRoundRowAndLibrary() throws InterruptedException {
        run(2, row(this::remember, LARDER));

        assertThat(progress)
                .containsExactly("round 1 of 2, made-up, larder: 1 ns/op", "round 2 of 2, made-up, larder: 2 ns/op");
    }

    private List<RowResult> run(int rounds, Row row) throws InterruptedException {
        return new InterleavedRun(List.of(row), rounds, Effort.ONCE, progress::add).run();
    }

    /** Measures one nanosecond the first time, two the second, and so on. */
    private Sample remember(Library library, Effort effort) {
        measured.add(library);
        return sample(measured.size());
    }
}
