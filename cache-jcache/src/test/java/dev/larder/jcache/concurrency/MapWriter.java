package dev.larder.jcache.concurrency;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;

/**
 * Writes to a map, which stands for a database.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class MapWriter<K, V> implements CacheWriter<K, V> {

    private final Map<K, V> database = new ConcurrentHashMap<>();
    private final Consumer<K> before;

    /** Creates a writer that does nothing else. */
    public MapWriter() {
        this(key -> {});
    }

    /** Creates a writer that does something before it writes or deletes a key, and does neither if that fails. */
    public MapWriter(Consumer<K> before) {
        this.before = before;
    }

    /** Returns what was written. */
    public Map<K, V> database() {
        return database;
    }

    @Override
    public void write(Cache.Entry<? extends K, ? extends V> entry) {
        before.accept(entry.getKey());
        database.put(entry.getKey(), entry.getValue());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
        for (Iterator<Cache.Entry<? extends K, ? extends V>> left = entries.iterator(); left.hasNext(); ) {
            write(left.next());
            left.remove();
        }
    }

    @Override
    @SuppressWarnings("unchecked") // a cache gives its writer its own keys
    public void delete(Object key) {
        before.accept((K) key);
        database.remove(key);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
        for (Iterator<?> left = keys.iterator(); left.hasNext(); ) {
            delete(left.next());
            left.remove();
        }
    }
}
