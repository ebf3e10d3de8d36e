package dev.larder.benchmarks.workload;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/** Reads a value that is there. */
public class GetBenchmark extends KindState {

    @Benchmark
    public @Nullable Object get(Keys keys) {
        return cache().get(keys.next());
    }
}
