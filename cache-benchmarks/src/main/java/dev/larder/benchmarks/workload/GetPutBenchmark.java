package dev.larder.benchmarks.workload;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/** Reads three times, then puts once, and finds all that it reads. */
public class GetPutBenchmark extends KindState {

    @Benchmark
    public @Nullable Object getOrPut(Keys keys) {
        Integer key = keys.next();
        if (keys.isFourth()) {
            cache().put(key, keys.value());
            return null;
        }
        return cache().get(key);
    }
}
