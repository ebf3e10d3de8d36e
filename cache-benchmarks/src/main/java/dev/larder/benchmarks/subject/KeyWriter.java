package dev.larder.benchmarks.subject;

import java.io.Serializable;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;

/**
 * Writes nowhere, and counts: what is measured is the way to it and back.
 *
 * <p>The count is one for the whole JVM: some libraries serialise a writer and use the copy.
 */
final class KeyWriter implements CacheWriter<Integer, Object>, Serializable {
    private static final long serialVersionUID = 1;

    private static final LongAdder WRITES = new LongAdder();

    /** Returns how many entries were written in this JVM. */
    static long writes() {
        return WRITES.sum();
    }

    @Override
    public void write(Cache.Entry<? extends Integer, ?> entry) {
        WRITES.increment();
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends Integer, ?>> entries) {
        WRITES.add(entries.size());
        entries.clear();
    }

    @Override
    public void delete(Object key) {
        WRITES.increment();
    }

    @Override
    public void deleteAll(Collection<?> keys) {
        WRITES.add(keys.size());
        keys.clear();
    }
}
