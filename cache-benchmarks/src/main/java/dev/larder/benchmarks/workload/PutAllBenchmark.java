package dev.larder.benchmarks.workload;

import org.openjdk.jmh.annotations.Benchmark;

/** Replaces a hundred values in one call. */
public class PutAllBenchmark extends KindState {

    @Benchmark
    public void putAll(Batches batches) {
        cache().putAll(batches.next());
    }
}
