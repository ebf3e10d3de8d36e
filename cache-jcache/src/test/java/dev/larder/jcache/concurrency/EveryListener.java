package dev.larder.jcache.concurrency;

import java.io.Serializable;
import java.util.function.Consumer;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;

/**
 * Listens to everything.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class EveryListener<K, V>
        implements CacheEntryCreatedListener<K, V>,
                CacheEntryUpdatedListener<K, V>,
                CacheEntryRemovedListener<K, V>,
                CacheEntryExpiredListener<K, V>,
                Serializable {

    private static final long serialVersionUID = 1L;

    private final transient Consumer<CacheEntryEvent<? extends K, ? extends V>> action;

    /** Creates a listener that does nothing. */
    public EveryListener() {
        this(event -> {});
    }

    /** Creates a listener that does this. */
    public EveryListener(Consumer<CacheEntryEvent<? extends K, ? extends V>> action) {
        this.action = action;
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
        events.forEach(action);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
        events.forEach(action);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
        events.forEach(action);
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
        events.forEach(action);
    }
}
