package dev.larder.patterns.write;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;

/** A writer of two functions that take any number at a time, and do all or nothing. */
final class BulkWriter<K, V> implements CacheWriter<K, V> {

    private final Sink<? super Map<K, V>> writeAll;
    private final Sink<? super Set<K>> deleteAll;

    BulkWriter(Sink<? super Map<K, V>> writeAll, Sink<? super Set<K>> deleteAll) {
        this.writeAll = writeAll;
        this.deleteAll = deleteAll;
    }

    @Override
    public void write(Cache.Entry<? extends K, ? extends V> entry) {
        write(Map.of(entry.getKey(), entry.getValue()));
    }

    private void write(Map<K, V> entries) {
        try {
            writeAll.accept(entries);
        } catch (Exception e) {
            throw WriteFailure.of(entries.size(), "written", "", e);
        }
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
        if (entries.isEmpty()) {
            return;
        }
        Map<K, V> all = new LinkedHashMap<>();
        entries.forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        write(all);
        entries.clear();
    }

    @Override
    public void delete(Object key) {
        delete(keys(Set.of(key)));
    }

    private void delete(Set<K> keys) {
        try {
            deleteAll.accept(keys);
        } catch (Exception e) {
            throw WriteFailure.of(keys.size(), "deleted", "", e);
        }
    }

    @Override
    public void deleteAll(Collection<?> keys) {
        if (keys.isEmpty()) {
            return;
        }
        delete(keys(keys));
        keys.clear();
    }

    @SuppressWarnings("unchecked") // caches hand in their own keys
    private Set<K> keys(Collection<?> keys) {
        return new LinkedHashSet<>((Collection<K>) keys);
    }
}
