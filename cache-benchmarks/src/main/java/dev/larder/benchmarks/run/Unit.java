package dev.larder.benchmarks.run;

/** What the figure of a row counts, and whether more of it is better. */
public enum Unit {
    NANOS("ns/op", false),
    MILLIS("ms", false),
    BYTES("B/entry", false),
    MEGABYTES("MB", false),
    ENTRIES("entries", true);

    private final String symbol;
    private final boolean moreIsBetter;

    Unit(String symbol, boolean moreIsBetter) {
        this.symbol = symbol;
        this.moreIsBetter = moreIsBetter;
    }

    public String symbol() {
        return symbol;
    }

    /** Returns how many times as good the one figure is as the other. */
    public double ratio(double score, double other) {
        return moreIsBetter ? score / other : other / score;
    }
}
