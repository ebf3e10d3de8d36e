package dev.larder.benchmarks.run;

/**
 * What Larder is to reach in a row; infinitely easy where nothing is asked.
 *
 * @param ratio how many times as good as the baseline
 * @param overPeers how many times as good as the best peer
 * @param allocated bytes for each operation at most
 * @param score the figure of the row at most
 * @param above how much more than the baseline at most, in the unit of the row
 * @param enough of all that, how much counts as reached
 */
public record Goal(double ratio, double overPeers, double allocated, double score, double above, double enough) {
    /** Of most goals, how much is enough: measurements on a busy machine are not better than that. */
    private static final double ENOUGH = 0.9;

    private static final double ALL = 1;

    private static final double UNLIMITED = Double.POSITIVE_INFINITY;

    /** For rows that only show. */
    public static final Goal NONE = new Goal(0, 0, UNLIMITED, UNLIMITED, UNLIMITED, ENOUGH);

    /** What profilers allocate shows in operations that allocate nothing. */
    private static final double NOISE_BYTES = 1;

    static Goal ratio(double ratio) {
        return new Goal(ratio, 0, UNLIMITED, UNLIMITED, UNLIMITED, ENOUGH);
    }

    static Goal score(double score) {
        return new Goal(0, 0, UNLIMITED, score, UNLIMITED, ENOUGH);
    }

    /** Returns a goal of which all is to be reached: how much more than the baseline at most. */
    static Goal above(double above) {
        return new Goal(0, 0, UNLIMITED, UNLIMITED, above, ALL);
    }

    /** Returns a goal of which all is to be reached. */
    static Goal fully(double ratio, double overPeers) {
        return new Goal(ratio, overPeers, UNLIMITED, UNLIMITED, UNLIMITED, ALL);
    }

    Goal allocating(double bytes) {
        return new Goal(ratio, overPeers, bytes, score, above, enough);
    }

    public boolean isNone() {
        return equals(NONE);
    }

    /** Whether nothing less counts as reached. */
    public boolean isFull() {
        return enough == ALL;
    }

    /** Whether medians are good enough. A figure that was not measured is NaN, and reaches nothing but no goal. */
    boolean isReachedBy(double measuredRatio, double measuredOverPeers, double measuredBytes, double measuredScore) {
        return (ratio == 0 || measuredRatio >= ratio * enough)
                && (overPeers == 0 || measuredOverPeers >= overPeers * enough)
                && (allocated == UNLIMITED || measuredBytes <= allocated / enough + NOISE_BYTES)
                && (score == UNLIMITED || measuredScore <= score / enough);
    }

    /** Whether a median that is so much more than the baseline is good enough. */
    boolean allows(double measuredAbove) {
        return above == UNLIMITED || measuredAbove <= above / enough;
    }
}
