package dev.larder.benchmarks.workload;

import org.openjdk.jmh.annotations.Benchmark;

/** Replaces a value that is there. */
public class PutBenchmark extends KindState {

    @Benchmark
    public void put(Keys keys) {
        cache().put(keys.next(), keys.value());
    }
}
