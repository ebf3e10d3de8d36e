package dev.larder.jcache.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;

/**
 * Stands for the database: loads, writes, and takes note of its calls. The cache has one and the model has one; what they
 * load depends only on the key and on how often it was loaded before. Safe for use by many threads.
 */
final class Outside<V> implements CacheLoader<String, V>, CacheWriter<String, V> {

    private final ValuePool<V> values;
    private final Map<String, Integer> loads = new HashMap<>();
    private final Map<String, Integer> written = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private Faults faults = Faults.NONE;

    Outside(ValuePool<V> values) {
        this.values = values;
    }

    synchronized void failBy(Faults newFaults) {
        faults = newFaults;
    }

    /** Returns the calls since the last time, in their order. */
    synchronized List<String> drainCalls() {
        List<String> drained = List.copyOf(calls);
        calls.clear();
        return drained;
    }

    /** Returns the numbers that were written and not deleted since. */
    synchronized Map<String, Integer> written() {
        return new TreeMap<>(written);
    }

    @Override
    public synchronized V load(String key) {
        calls.add("load " + key);
        return loaded(key);
    }

    /** Returns how often a key was loaded. */
    synchronized int loads(String key) {
        return loads.getOrDefault(key, 0);
    }

    private V loaded(String key) {
        if (faults.unloadable().contains(key)) {
            throw faults.standard() ? new CacheLoaderException("no " + key) : new IllegalStateException("no " + key);
        }
        int count = loads.merge(key, 1, Integer::sum);
        return faults.unknown().contains(key) ? null : values.of(1_000 + 10 * count + key.charAt(1) - '0');
    }

    @Override
    public synchronized Map<String, V> loadAll(Iterable<? extends String> keys) {
        TreeSet<String> sorted = new TreeSet<>();
        keys.forEach(sorted::add);
        calls.add("loadAll " + sorted);
        Map<String, V> all = new HashMap<>();
        for (String key : sorted) {
            V value = loaded(key);
            // a loader may leave out what it does not know, or say so by null
            if (value != null || key.equals("k1")) {
                all.put(key, value);
            }
        }
        return all;
    }

    @Override
    public synchronized void write(Cache.Entry<? extends String, ? extends V> entry) {
        calls.add("write " + entry.getKey() + "=" + values.numberOf(entry.getValue()));
        failIf(faults.unwritable().contains(entry.getKey()));
        take(entry);
    }

    private void take(Cache.Entry<? extends String, ? extends V> entry) {
        written.put(entry.getKey(), values.numberOf(entry.getValue()));
        values.handedOut(entry.getValue());
    }

    private void failIf(boolean fails) {
        if (fails) {
            throw faults.standard() ? new CacheWriterException("no") : new IllegalStateException("no");
        }
    }

    /** Writes what it can and, if that is not all, leaves the rest in the collection and fails. */
    @Override
    public synchronized void writeAll(Collection<Cache.Entry<? extends String, ? extends V>> entries) {
        Map<String, Integer> sorted = new TreeMap<>();
        entries.forEach(entry -> sorted.put(entry.getKey(), values.numberOf(entry.getValue())));
        calls.add("writeAll " + sorted);
        boolean fails = sorted.keySet().stream().anyMatch(faults.unwritable()::contains);
        for (Iterator<Cache.Entry<? extends String, ? extends V>> left = entries.iterator(); left.hasNext(); ) {
            Cache.Entry<? extends String, ? extends V> entry = left.next();
            if (!faults.unwritable().contains(entry.getKey())) {
                take(entry);
                removeIf(fails, left);
            }
        }
        failIf(fails);
    }

    /** A writer that did all need not say what it did. */
    private static void removeIf(boolean fails, Iterator<?> left) {
        if (fails) {
            left.remove();
        }
    }

    @Override
    public synchronized void delete(Object key) {
        calls.add("delete " + key);
        failIf(faults.unwritable().contains((String) key));
        written.remove((String) key);
    }

    /** Deletes what it can and, if that is not all, leaves the rest in the collection and fails. */
    @Override
    public synchronized void deleteAll(Collection<?> keys) {
        TreeSet<Object> sorted = new TreeSet<>(keys);
        calls.add("deleteAll " + sorted);
        boolean fails = sorted.stream().anyMatch(key -> faults.unwritable().contains((String) key));
        for (Iterator<?> left = keys.iterator(); left.hasNext(); ) {
            String key = (String) left.next();
            if (!faults.unwritable().contains(key)) {
                written.remove(key);
                removeIf(fails, left);
            }
        }
        failIf(fails);
    }
}
