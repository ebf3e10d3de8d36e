package dev.larder.benchmarks.run;

import dev.larder.benchmarks.subject.Library;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures with JMH, one fork at a time.
 *
 * @param benchmark the class, with one benchmark method
 * @param parameters of the benchmark, by name
 * @param forRaw those that are others for raw Caffeine
 * @param warmth see {@link Effort#applyTo}
 */
record JmhMeasure(
        Class<?> benchmark,
        Map<String, String> parameters,
        Map<String, String> forRaw,
        int entries,
        int threads,
        int warmth)
        implements Measure {
    /** Enough for every row, and the same for every library. */
    private static final String HEAP = "-Xmx2g";

    @Override
    public Sample take(Library library, Effort effort) throws RunnerException {
        RunResult result = new Runner(options(library, effort).build()).runSingle();
        Map<String, Double> details = new TreeMap<>();
        addDetail(details, Sample.ALLOCATED, result, "gc.alloc.rate.norm");
        addDetail(details, Sample.CPU, result, CpuProfiler.RESULT);
        return new Sample(result.getPrimaryResult().getScore(), details);
    }

    private ChainedOptionsBuilder options(Library library, Effort effort) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark.getName()) + "\\.")
                .param("library", library.id())
                .param("entries", String.valueOf(effort.entries(entries)))
                .threads(threads)
                .jvmArgs(jvmArguments(library))
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        Map<String, String> all = new TreeMap<>(parameters);
        if (library.isRawCaffeine()) {
            all.putAll(forRaw);
        }
        all.forEach(options::param);
        return effort.applyTo(options, warmth);
    }

    private static String[] jvmArguments(Library library) {
        return Stream.concat(Stream.of(HEAP), library.jvmArguments().stream()).toArray(String[]::new);
    }

    private static void addDetail(Map<String, Double> details, String name, RunResult result, String profiled) {
        Result<?> found = result.getSecondaryResults().get(profiled);
        if (found != null) {
            details.put(name, found.getScore());
        }
    }
}
