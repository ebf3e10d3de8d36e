package dev.larder.benchmarks.probe;

import dev.larder.benchmarks.subject.CacheSpec;
import dev.larder.benchmarks.subject.Library;
import dev.larder.benchmarks.subject.Subject;
import dev.larder.benchmarks.subject.Target;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;

/**
 * Counts the bytes that each entry takes from Integer to Integer, these two (of 16 bytes each) among them.
 *
 * @param spec the cache, with room for more than the entries
 */
public record HeapProbe(CacheSpec spec, int entries) implements Probe {
    private static final int COLLECTIONS = 4;

    /** Beyond the integers that the JDK keeps one object for. */
    private static final int FIRST_KEY = 1_000;

    @Override
    public Map<String, Double> measure(Library library) {
        try (Subject subject = library.start()) {
            Target cache = subject.open(spec);
            long before = usedBytes();
            for (int key = FIRST_KEY; key < FIRST_KEY + entries; key++) {
                cache.put(key, key + entries);
            }
            long after = usedBytes();
            return Map.of(SCORE, (double) (after - before) / cache.countEntries());
        }
    }

    /** With a collector that leaves nothing for later. */
    @Override
    public List<String> jvmArguments() {
        return List.of("-XX:+UseSerialGC");
    }

    private static long usedBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
