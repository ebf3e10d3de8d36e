package dev.larder.benchmarks.run;

import java.util.List;

/** The middle of several figures and how far they lie apart. All are NaN if there are no figures. */
public record Spread(double min, double median, double max) {

    public static Spread of(List<Double> figures) {
        if (figures.isEmpty()) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        List<Double> sorted = figures.stream().sorted().toList();
        int upper = sorted.size() / 2;
        int lower = (sorted.size() - 1) / 2;
        return new Spread(sorted.get(0), (sorted.get(lower) + sorted.get(upper)) / 2, sorted.get(sorted.size() - 1));
    }

    public boolean isEmpty() {
        return Double.isNaN(median);
    }
}
