package dev.larder.examples;

import java.util.List;
import java.util.stream.LongStream;

/**
 * How long look-ups took.
 *
 * @param lookUps how many
 * @param elapsedNanos from the begin of the first to the end of the last
 * @param p50Nanos half of them took at most that long
 * @param p99Nanos 99 of 100 took at most that long
 */
record Timing(int lookUps, long elapsedNanos, long p50Nanos, long p99Nanos) {

    /** Sums up the latencies that each thread had. */
    static Timing of(long elapsedNanos, List<long[]> latenciesOfThreads) {
        long[] sorted = latenciesOfThreads.stream()
                .flatMapToLong(LongStream::of)
                .sorted()
                .toArray();
        return new Timing(sorted.length, elapsedNanos, percentile(sorted, 50), percentile(sorted, 99));
    }

    private static long percentile(long[] sorted, int percent) {
        int rank = (int) Math.ceil(sorted.length * (percent / 100.0));
        return sorted[Math.max(rank, 1) - 1];
    }

    double perSecond() {
        return lookUps * 1e9 / elapsedNanos;
    }
}
