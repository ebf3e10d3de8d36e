package dev.larder.benchmarks.workload;

import dev.larder.benchmarks.subject.CacheSpec;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Reads from a cache that keeps its values apart from the caller, as caches of the standard do unless told otherwise. */
@SuppressWarnings("NullAway.Init") // JMH sets parameters before anything else
public class ByValueGetBenchmark extends KindState {
    @Param("BEAN")
    public ValueKind value;

    @Override
    CacheSpec spec(int entries) {
        return super.spec(entries).storedByValue();
    }

    @Override
    Object valueOf(int key, Population population) {
        return value.make(key);
    }

    @Benchmark
    public @Nullable Object get(Keys keys) {
        return cache().get(keys.next());
    }
}
