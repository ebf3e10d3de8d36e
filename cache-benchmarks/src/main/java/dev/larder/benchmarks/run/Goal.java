package dev.larder.benchmarks.run;

/**
 * What Larder is to reach in a row; infinitely easy where nothing is asked.
 *
 * @param ratio how many times as good as the baseline
 * @param allocated bytes for each operation at most
 * @param score the figure of the row at most
 */
public record Goal(double ratio, double allocated, double score) {
    /** For rows that only show. */
    public static final Goal NONE = new Goal(0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Of the goal, how much is enough: measurements on a busy machine are not better than that. */
    private static final double ENOUGH = 0.9;

    /** What profilers allocate shows in operations that allocate nothing. */
    private static final double NOISE_BYTES = 1;

    static Goal ratio(double ratio) {
        return new Goal(ratio, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    static Goal score(double score) {
        return new Goal(0, Double.POSITIVE_INFINITY, score);
    }

    Goal allocating(double bytes) {
        return new Goal(ratio, bytes, score);
    }

    public boolean isNone() {
        return equals(NONE);
    }

    /** Whether medians are good enough. A figure that was not measured is NaN, and reaches nothing but no goal. */
    boolean isReachedBy(double measuredRatio, double measuredBytes, double measuredScore) {
        return (ratio == 0 || measuredRatio >= ratio * ENOUGH)
                && (allocated == Double.POSITIVE_INFINITY || measuredBytes <= allocated / ENOUGH + NOISE_BYTES)
                && (score == Double.POSITIVE_INFINITY || measuredScore <= score / ENOUGH);
    }
}
