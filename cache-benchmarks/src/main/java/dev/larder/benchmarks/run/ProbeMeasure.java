package dev.larder.benchmarks.run;

import dev.larder.benchmarks.probe.Probe;
import dev.larder.benchmarks.probe.ProbeRun;
import dev.larder.benchmarks.subject.Library;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/** Measures with a probe, which is made as large as the effort allows. */
record ProbeMeasure(Function<Effort, Probe> probe) implements Measure {

    @Override
    public Sample take(Library library, Effort effort) throws Exception {
        Probe made = probe.apply(effort);
        Map<String, Double> found =
                new TreeMap<>(effort.isInOwnJvm() ? ProbeRun.inOwnJvm(made, library) : made.measure(library));
        double score = Objects.requireNonNull(found.remove(Probe.SCORE), Probe.SCORE);
        return new Sample(score, found);
    }
}
