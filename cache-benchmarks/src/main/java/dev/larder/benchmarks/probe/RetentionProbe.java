package dev.larder.benchmarks.probe;

import dev.larder.benchmarks.subject.Library;
import dev.larder.benchmarks.subject.Subject;
import dev.larder.benchmarks.subject.Target;
import java.util.Map;

/** Counts what a cache made with a plain {@code MutableConfiguration} keeps of what is put into it. */
public record RetentionProbe(int entries) implements Probe {

    @Override
    public Map<String, Double> measure(Library library) {
        try (Subject subject = library.start()) {
            Target cache = subject.openPlain();
            for (int key = 0; key < entries; key++) {
                cache.put(key, key);
            }
            return Map.of(SCORE, (double) cache.countEntries());
        }
    }
}
