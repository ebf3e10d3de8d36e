package dev.larder.benchmarks.workload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One thread's way through batches of entries, each of the next hundred or so different keys that are asked for. */
@State(Scope.Thread)
public class Batches {
    private static final int COUNT = 256;

    @Param("100")
    public int size;

    private final List<Map<Integer, Object>> batches = new ArrayList<>(COUNT);
    private int position;

    @Setup(Level.Trial)
    public void prepare(Keys keys, Population population) {
        while (batches.size() < COUNT) {
            batches.add(batch(keys, Math.min(size, population.entries / 2)));
        }
    }

    private static Map<Integer, Object> batch(Keys keys, int size) {
        Map<Integer, Object> batch = new LinkedHashMap<>();
        while (batch.size() < size) {
            batch.put(keys.next(), keys.value());
        }
        return batch;
    }

    Map<Integer, Object> next() {
        position = (position + 1) % COUNT;
        return batches.get(position);
    }
}
