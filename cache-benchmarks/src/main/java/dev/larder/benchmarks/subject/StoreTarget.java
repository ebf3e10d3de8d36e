package dev.larder.benchmarks.subject;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store of Larder, reached through its SPI. */
final class StoreTarget extends Target {

    private final Store<Integer, Object> store;
    private final Ttl ttl;

    StoreTarget(Store<Integer, Object> store, Ttl ttl) {
        this.store = store;
        this.ttl = ttl;
    }

    @Override
    public @Nullable Object get(Integer key) {
        return store.readValue(key);
    }

    @Override
    public void put(Integer key, Object value) {
        store.put(key, value, ttl);
    }

    @Override
    public @Nullable Object getAndPut(Integer key, Object value) {
        Entry<Object> previous =
                store.write(key, Change.put(value, ttl).returningPrevious()).previous();
        return previous == null ? null : previous.value();
    }

    @Override
    public boolean putIfAbsent(Integer key, Object value) {
        return store.write(key, Change.put(value, ttl).ifAbsent()).isApplied();
    }

    @Override
    public boolean replace(Integer key, Object expected, Object value) {
        return store.write(key, Change.put(value, ttl).ifValue(expected)).isApplied();
    }

    @Override
    public Object increment(Integer key) {
        throw new UnsupportedOperationException("no code of a user runs in a store");
    }

    @Override
    public Map<Integer, Object> getAll(Set<Integer> keys) {
        return store.readAllValues(keys, Ttl.UNCHANGED);
    }

    @Override
    public void putAll(Map<Integer, Object> entries) {
        entries.forEach(this::put);
    }

    @Override
    public int countEntries() {
        return Math.toIntExact(store.estimatedSize());
    }
}
