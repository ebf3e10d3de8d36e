package dev.larder.benchmarks.workload;

import org.openjdk.jmh.annotations.Benchmark;

/** Replaces a value that is the expected one: an equal object, never the same. */
public class ReplaceBenchmark extends KindState {

    @Benchmark
    public boolean replace(Keys keys) {
        return cache().replace(keys.next(), keys.value(), keys.twin());
    }
}
