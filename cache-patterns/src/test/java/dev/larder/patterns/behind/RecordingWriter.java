package dev.larder.patterns.behind;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;

/** A database that is a map. It remembers what it was told, in order, and fails when a test says so: a bulk call half way. */
final class RecordingWriter implements CacheWriter<String, Integer> {

    static final Integer DELETED = null;

    /** What was written or deleted. */
    record Write(String key, Integer value) {}

    final Map<String, Integer> rows = new HashMap<>();
    final List<Write> log = new ArrayList<>();
    final List<Integer> calls = new ArrayList<>();
    private RuntimeException failure;
    private Predicate<String> isBad = key -> false;

    /** Fails every call, or none if it is null. */
    synchronized void failAlways(RuntimeException with) {
        failure = with;
    }

    /** Fails at certain keys. */
    synchronized void failAt(Predicate<String> keys) {
        isBad = keys;
    }

    @Override
    public synchronized void write(Cache.Entry<? extends String, ? extends Integer> entry) {
        calls.add(1);
        apply(entry.getKey(), entry.getValue());
    }

    @Override
    public synchronized void writeAll(Collection<Cache.Entry<? extends String, ? extends Integer>> entries) {
        calls.add(entries.size());
        for (Iterator<Cache.Entry<? extends String, ? extends Integer>> next = entries.iterator(); next.hasNext(); ) {
            Cache.Entry<? extends String, ? extends Integer> entry = next.next();
            apply(entry.getKey(), entry.getValue());
            next.remove();
        }
    }

    @Override
    public synchronized void delete(Object key) {
        calls.add(1);
        apply((String) key, DELETED);
    }

    @Override
    public synchronized void deleteAll(Collection<?> keys) {
        calls.add(keys.size());
        for (Iterator<?> next = keys.iterator(); next.hasNext(); ) {
            apply((String) next.next(), DELETED);
            next.remove();
        }
    }

    private void apply(String key, Integer value) {
        if (failure != null) {
            throw failure;
        }
        if (isBad.test(key)) {
            throw new CacheWriterException("bad key");
        }
        log.add(new Write(key, value));
        if (value == null) {
            rows.remove(key);
        } else {
            rows.put(key, value);
        }
    }
}
