package dev.larder.patterns.write;

import java.util.Collection;
import java.util.Iterator;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;

/** A writer of two functions that take one at a time. */
final class SingleWriter<K, V> implements CacheWriter<K, V> {

    private final EntrySink<? super K, ? super V> write;
    private final Sink<? super K> delete;

    SingleWriter(EntrySink<? super K, ? super V> write, Sink<? super K> delete) {
        this.write = write;
        this.delete = delete;
    }

    @Override
    public void write(Cache.Entry<? extends K, ? extends V> entry) {
        write(entry, 1);
    }

    private void write(Cache.Entry<? extends K, ? extends V> entry, int left) {
        try {
            write.write(entry.getKey(), entry.getValue());
        } catch (Exception e) {
            throw WriteFailure.of(left, "written", "", e);
        }
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
        for (Iterator<Cache.Entry<? extends K, ? extends V>> left = entries.iterator(); left.hasNext(); ) {
            write(left.next(), entries.size());
            left.remove();
        }
    }

    @Override
    public void delete(Object key) {
        delete(key, 1);
    }

    @SuppressWarnings("unchecked") // caches hand in their own keys
    private void delete(Object key, int left) {
        try {
            delete.accept((K) key);
        } catch (Exception e) {
            throw WriteFailure.of(left, "deleted", "", e);
        }
    }

    @Override
    public void deleteAll(Collection<?> keys) {
        for (Iterator<?> left = keys.iterator(); left.hasNext(); ) {
            delete(left.next(), keys.size());
            left.remove();
        }
    }
}
