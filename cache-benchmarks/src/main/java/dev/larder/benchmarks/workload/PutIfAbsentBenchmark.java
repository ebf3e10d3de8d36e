package dev.larder.benchmarks.workload;

import org.openjdk.jmh.annotations.Benchmark;

/** Puts a value where there is one already. */
public class PutIfAbsentBenchmark extends KindState {

    @Benchmark
    public boolean putIfAbsent(Keys keys) {
        return cache().putIfAbsent(keys.next(), keys.value());
    }
}
