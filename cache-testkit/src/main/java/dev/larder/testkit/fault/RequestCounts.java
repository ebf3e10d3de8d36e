package dev.larder.testkit.fault;

import java.util.Map;
import java.util.TreeMap;

/** How often each command has passed. Safe for use by many threads. */
final class RequestCounts {

    private final Map<String, Long> counts = new TreeMap<>();

    synchronized void add(String command) {
        counts.merge(command, 1L, Long::sum);
    }

    synchronized long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    synchronized Map<String, Long> byCommand() {
        return new TreeMap<>(counts);
    }

    synchronized void clear() {
        counts.clear();
    }
}
