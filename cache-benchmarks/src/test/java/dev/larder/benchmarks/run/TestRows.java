package dev.larder.benchmarks.run;

import dev.larder.benchmarks.subject.Library;
import java.util.List;
import java.util.Map;

/** Rows whose figures are made up. */
public final class TestRows {

    private TestRows() {}

    /** Returns a row that is compared with raw Caffeine. */
    public static Row row(Measure measure, Library... libraries) {
        return row(Baseline.RAW_CAFFEINE, measure, libraries);
    }

    public static Row row(Baseline baseline, Measure measure, Library... libraries) {
        return new Row(
                "made-up",
                "made up & measured",
                Unit.NANOS,
                measure,
                List.of(libraries),
                baseline,
                Goal.ratio(1).allocating(8),
                false);
    }

    /** Returns what a row finds if each library always takes the nanoseconds given for it. */
    public static RowResult result(Baseline baseline, Map<Library, Double> nanos) throws InterruptedException {
        Row row = row(
                baseline,
                (library, effort) -> sample(nanos.get(library)),
                nanos.keySet().toArray(Library[]::new));
        return new InterleavedRun(List.of(row), 1, Effort.ONCE, line -> {})
                .run()
                .get(0);
    }

    public static Sample sample(double nanos) {
        return new Sample(nanos, Map.of(Sample.ALLOCATED, 8.0, Sample.CPU, 2 * nanos));
    }
}
