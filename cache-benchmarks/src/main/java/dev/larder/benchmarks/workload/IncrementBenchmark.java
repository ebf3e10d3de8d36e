package dev.larder.benchmarks.workload;

import org.openjdk.jmh.annotations.Benchmark;

/** Adds one to a value, in one atomic step. */
public class IncrementBenchmark extends KindState {

    @Benchmark
    public Object increment(Keys keys) {
        return cache().increment(keys.next());
    }
}
