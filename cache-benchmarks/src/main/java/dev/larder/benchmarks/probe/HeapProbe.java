package dev.larder.benchmarks.probe;

import dev.larder.benchmarks.subject.CacheSpec;
import dev.larder.benchmarks.subject.Library;
import dev.larder.benchmarks.subject.Subject;
import dev.larder.benchmarks.subject.Target;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Map;

/**
 * Counts the bytes that a cache adds for each entry, from Integer to Integer. The integers are there before, so they do not
 * count, unless a library keeps copies of them.
 *
 * @param spec the cache, with room for more than the entries
 */
public record HeapProbe(CacheSpec spec, int entries) implements Probe {
    private static final int COLLECTIONS = 4;

    @Override
    public Map<String, Double> measure(Library library) {
        Integer[] integers = new Integer[2 * entries];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = i + 1_000;
        }
        try (Subject subject = library.start()) {
            Target cache = subject.open(spec);
            long before = usedBytes();
            for (int i = 0; i < entries; i++) {
                cache.put(integers[i], integers[entries + i]);
            }
            long after = usedBytes();
            return Map.of(SCORE, (double) (after - before) / cache.countEntries());
        } finally {
            Reference.reachabilityFence(integers);
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
