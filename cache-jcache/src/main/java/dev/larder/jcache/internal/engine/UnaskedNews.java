package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.event.EventDispatcher;
import dev.larder.jcache.internal.event.News;
import dev.larder.jcache.internal.stats.Statistics;
import dev.larder.store.Entry;
import dev.larder.store.StoreListener;
import org.jspecify.annotations.Nullable;

/** Passes on what a store tells of entries that went without anybody asking. */
record UnaskedNews<K, V>(EventDispatcher<K, V> events, Statistics statistics) implements StoreListener<K, V> {

    @Override
    public void expired(K key, @Nullable Entry<V> entry) {
        if (events.hasListeners()) {
            events.publishUnasked(key, News.expired(key, entry == null ? null : entry.value()));
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
