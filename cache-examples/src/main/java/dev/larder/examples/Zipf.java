package dev.larder.examples;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws ranks as popular things are asked for: rank 0 most often, rank 1 half as often, rank 2 a third as often, and so on
 * (Zipf's law with exponent 1). Safe for use by many threads, each with a generator of its own.
 */
final class Zipf {

    /** Of each rank, how often it or a more popular one is asked for, of all times. */
    private final double[] cumulative;

    Zipf(int ranks) {
        if (ranks < 1) {
            throw new IllegalArgumentException("ranks must be positive: " + ranks);
        }
        cumulative = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += 1.0 / (rank + 1);
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
