package dev.larder.benchmarks.workload;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/** Replaces a value and asks for the one before. */
public class GetAndPutBenchmark extends KindState {

    @Benchmark
    public @Nullable Object getAndPut(Keys keys) {
        return cache().getAndPut(keys.next(), keys.value());
    }
}
