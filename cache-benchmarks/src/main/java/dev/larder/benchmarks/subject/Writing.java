package dev.larder.benchmarks.subject;

import dev.larder.patterns.behind.WriteBehind;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheWriter;

/** Where a put goes beside the cache. */
public enum Writing {
    NONE,
    /** To a {@link KeyWriter}, before the cache changes. */
    THROUGH,
    /** Into the queue of a {@link WriteBehind}, and from there to a {@link KeyWriter}, by another thread. */
    BEHIND;

    /** More than any row has keys: what is measured is the queue and not how long one waits for room in it. */
    private static final int ROOM = 10_000_000;

    /** Returns what makes the writer of a cache. */
    Factory<CacheWriter<Integer, Object>> factory() {
        return switch (this) {
            case NONE -> throw new IllegalStateException("such a cache has no writer");
            case THROUGH -> KeyWriter::new;
            case BEHIND -> () -> WriteBehind.to(new KeyWriter()).capacity(ROOM).start();
        };
    }
}
