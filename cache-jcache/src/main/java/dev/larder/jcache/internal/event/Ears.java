package dev.larder.jcache.internal.event;

import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** One listener by the kinds of events that it listens to; null for those that it does not. Found out once, not with each event. */
record Ears<K, V>(
        @Nullable CacheEntryCreatedListener<K, V> created,
        @Nullable CacheEntryUpdatedListener<K, V> updated,
        @Nullable CacheEntryRemovedListener<K, V> removed,
        @Nullable CacheEntryExpiredListener<K, V> expired) {

    /** Returns the ears of a listener. One of supertypes takes our events too, which its signature cannot say. */
    @SuppressWarnings("unchecked")
    static <K, V> Ears<K, V> of(CacheEntryListener<? super K, ? super V> listener) {
        return new Ears<>(
                listener instanceof CacheEntryCreatedListener ? (CacheEntryCreatedListener<K, V>) listener : null,
                listener instanceof CacheEntryUpdatedListener ? (CacheEntryUpdatedListener<K, V>) listener : null,
                listener instanceof CacheEntryRemovedListener ? (CacheEntryRemovedListener<K, V>) listener : null,
                listener instanceof CacheEntryExpiredListener ? (CacheEntryExpiredListener<K, V>) listener : null);
    }

    /** Whether the listener listens to such events. */
    boolean hear(EventType type) {
        return switch (type) {
            case CREATED -> created != null;
            case UPDATED -> updated != null;
            case REMOVED -> removed != null;
            case EXPIRED -> expired != null;
        };
    }

    /** Tells the listener of an event, if it listens to such. */
    void tell(CacheEntryEvent<K, V> event) {
        Iterable<CacheEntryEvent<? extends K, ? extends V>> events = new Single<>(event);
        switch (event.getEventType()) {
            case CREATED -> {
                if (created != null) {
                    created.onCreated(events);
                }
            }
            case UPDATED -> {
                if (updated != null) {
                    updated.onUpdated(events);
                }
            }
            case REMOVED -> {
                if (removed != null) {
                    removed.onRemoved(events);
                }
            }
            case EXPIRED -> {
                if (expired != null) {
                    expired.onExpired(events);
                }
            }
        }
    }
}
