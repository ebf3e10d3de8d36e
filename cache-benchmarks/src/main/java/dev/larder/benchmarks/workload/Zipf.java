package dev.larder.benchmarks.workload;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws ranks as popular things are asked for: rank {@code r}, counted from zero, with a chance of 1 in (r + 1)^exponent. */
final class Zipf {
    /** Of each rank, how often it or a more popular one is asked for, of all times. */
    private final double[] cumulative;

    Zipf(int ranks, double exponent) {
        if (ranks < 1) {
            throw new IllegalArgumentException("ranks must be positive: " + ranks);
        }
        cumulative = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += Math.pow(rank + 1, -exponent);
            cumulative[rank] = sum;
        }
        for (int rank = 0; rank < ranks; rank++) {
            cumulative[rank] /= sum;
        }
    }

    /** Returns a rank, zero or more. */
    int draw(RandomGenerator random) {
        int found = Arrays.binarySearch(cumulative, random.nextDouble());
        // the last one is exactly 1, and what is drawn is less
        return found >= 0 ? found + 1 : -found - 1;
    }
}
