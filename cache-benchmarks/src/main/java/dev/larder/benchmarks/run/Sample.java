package dev.larder.benchmarks.run;

import java.util.Map;

/**
 * What one measurement of one library found.
 *
 * @param score the figure of the row, in its unit
 * @param details what else was found, by the name of its column
 */
public record Sample(double score, Map<String, Double> details) {
    /** Bytes allocated by each operation. */
    public static final String ALLOCATED = "B/op";

    /** Nanoseconds of CPU time taken by each operation. */
    public static final String CPU = "CPU ns/op";

    public Sample {
        details = Map.copyOf(details);
    }
}
