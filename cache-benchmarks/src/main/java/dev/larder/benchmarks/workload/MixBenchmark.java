package dev.larder.benchmarks.workload;

import dev.larder.benchmarks.subject.CacheSpec;
import dev.larder.benchmarks.subject.KeyLoader;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/** Reads three times, then puts once, in a cache with room for half of the keys, which loads what is missing. */
public class MixBenchmark extends CacheState {

    @Override
    CacheSpec spec(int entries) {
        return CacheSpec.PLAIN.bounded(entries / 2).loading(new KeyLoader());
    }

    @Benchmark
    public @Nullable Object readOrPut(Keys keys) {
        Integer key = keys.next();
        if (keys.isFourth()) {
            cache().put(key, keys.value());
            return null;
        }
        return cache().get(key);
    }
}
