package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.concurrent.KeyLocks;
import dev.larder.jcache.internal.event.EventDispatcher;
import dev.larder.jcache.internal.event.LarderEvent;
import dev.larder.jcache.internal.stats.Statistics;
import dev.larder.store.Entry;
import dev.larder.store.StoreListener;
import org.jspecify.annotations.Nullable;

/** Passes on what a store tells of entries that went without anybody asking. */
record UnaskedNews<K, V>(KeyLocks<K, LarderEvent<K, V>> locks, EventDispatcher<K, V> events, Statistics statistics)
        implements StoreListener<K, V> {

    /** A store tells of it within the step that drops the entry; so what a change of ours did before or does after is known. */
    @Override
    public void expired(K key, @Nullable Entry<V> entry) {
        if (!events.hasListeners()) {
            return;
        }
        V old = entry == null ? null : entry.value();
        Runnable delivery = locks.leave(key, events.expired(key, old));
        if (delivery != null) {
            events.deliverLater(delivery);
        }
    }

    @Override
    public void evicted(K key) {
        statistics.eviction();
    }

    @Override
    public void invalidated(K key) {
        // no news by the standard, and nothing that its statistics have a place for
    }
}
