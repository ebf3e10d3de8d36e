package dev.larder.benchmarks.probe;

import dev.larder.benchmarks.subject.CacheSpec;
import dev.larder.benchmarks.subject.KeyLoader;
import dev.larder.benchmarks.subject.Library;
import dev.larder.benchmarks.subject.Subject;
import dev.larder.benchmarks.subject.Target;
import java.nio.file.Path;
import java.util.Map;

/**
 * Replays a trace against a cache that loads what it misses: nanoseconds for each key, and of a hundred keys how many were
 * there.
 *
 * @param percent how many of a hundred distinct keys the cache has room for
 * @param limit how many keys at most are replayed
 */
public record TraceProbe(String file, int percent, int limit) implements Probe {

    @Override
    public Map<String, Double> measure(Library library) throws Exception {
        Trace trace = Trace.read(Path.of(file), limit);
        CacheSpec spec = CacheSpec.PLAIN
                .bounded(Math.max(1, trace.distinct() * (long) percent / 100))
                .loading(new KeyLoader());
        try (Subject subject = library.start()) {
            // once for the JIT
            replay(trace, subject.open(spec));
            long loadsBefore = KeyLoader.loads();
            long nanos = replay(trace, subject.open(spec));
            double loads = KeyLoader.loads() - loadsBefore;
            int asked = trace.keys().size();
            return Map.of(SCORE, (double) nanos / asked, "hit %", 100 * (1 - loads / asked));
        }
    }

    private static long replay(Trace trace, Target cache) {
        long start = System.nanoTime();
        for (Integer key : trace.keys()) {
            if (cache.get(key) == null) {
                throw new IllegalStateException("nothing was loaded for key " + key);
            }
        }
        return System.nanoTime() - start;
    }
}
