package dev.larder.benchmarks.subject;

import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import javax.cache.integration.CacheLoader;

/**
 * Loads for each key the key itself, and counts.
 *
 * <p>The count is one for the whole JVM: some libraries serialise a loader and use the copy.
 */
public final class KeyLoader implements CacheLoader<Integer, Object>, Serializable {
    private static final long serialVersionUID = 1;

    private static final LongAdder LOADS = new LongAdder();

    private final Duration pause;

    /** Makes a loader that takes no time: what is measured is the way to it and back. */
    public KeyLoader() {
        this(Duration.ZERO);
    }

    /** Makes a loader as slow as a source would be. */
    public KeyLoader(Duration pause) {
        this.pause = pause;
    }

    /** Returns how often anything was loaded in this JVM. */
    public static long loads() {
        return LOADS.sum();
    }

    @Override
    public Object load(Integer key) {
        LOADS.increment();
        if (!pause.isZero()) {
            pause();
        }
        return key;
    }

    private void pause() {
        long end = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public Map<Integer, Object> loadAll(Iterable<? extends Integer> keys) {
        Map<Integer, Object> loaded = new HashMap<>();
        keys.forEach(key -> loaded.put(key, load(key)));
        return loaded;
    }
}
