package dev.larder.benchmarks.workload;

import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;

/** Reads a hundred values in one call. */
public class GetAllBenchmark extends KindState {

    @Benchmark
    public Map<Integer, Object> getAll(Batches batches) {
        return cache().getAll(batches.next().keySet());
    }
}
