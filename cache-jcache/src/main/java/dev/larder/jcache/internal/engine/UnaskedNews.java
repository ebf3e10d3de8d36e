package dev.larder.jcache.internal.engine;

import static java.util.Objects.requireNonNull;

import dev.larder.jcache.internal.concurrent.KeyLocks;
import dev.larder.jcache.internal.event.EventDispatcher;
import dev.larder.jcache.internal.event.LarderEvent;
import dev.larder.jcache.internal.stats.Statistics;
import dev.larder.store.Entry;
import dev.larder.store.News;
import dev.larder.store.StoreListener;
import org.jspecify.annotations.Nullable;

/** Passes on what a store tells of entries without anybody asking: that they went, and what others made of them. */
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

    /** No lock of the key has an order to offer here: what others do, they do without it. */
    @Override
    public void changed(News<K, V> news) {
        events.acceptFromElsewhere(event(news));
    }

    private LarderEvent<K, V> event(News<K, V> news) {
        return switch (news.kind()) {
            case CREATED -> events.created(news.key(), requireNonNull(news.value()));
            case UPDATED -> events.updated(news.key(), requireNonNull(news.value()), news.previous());
            case REMOVED -> events.removed(news.key(), news.previous());
            case EXPIRED -> events.expired(news.key(), news.previous());
        };
    }
}
