package dev.larder.benchmarks.subject;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cache under measurement: the few operations that workloads need, each handed on to the library in one call.
 *
 * <p>A class rather than an interface, because a JVM that measures loads exactly one subclass: the JIT then knows where
 * each call goes without a test, and the adapter costs nothing.
 */
public abstract class Target {

    public abstract @Nullable Object get(Integer key);

    public abstract void put(Integer key, Object value);

    public abstract @Nullable Object getAndPut(Integer key, Object value);

    public abstract boolean putIfAbsent(Integer key, Object value);

    public abstract boolean replace(Integer key, Object expected, Object value);

    /** Adds one to the value at a key, in one atomic step; see {@link Increment}. */
    public abstract Object increment(Integer key);

    public abstract Map<Integer, Object> getAll(Set<Integer> keys);

    public abstract void putAll(Map<Integer, Object> entries);

    /** Counts the entries that can be seen, one by one. */
    public abstract int countEntries();
}
