package dev.larder.jcache.model;

import dev.larder.jcache.CacheSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;

/** What the listener of a cache heard. Safe for use by many threads. */
final class Hearing<V> {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Listening listening;
    private final ValuePool<V> values;
    private final List<Told<V>> heard = new ArrayList<>();

    Hearing(Listening listening, ValuePool<V> values) {
        this.listening = listening;
        this.values = values;
    }

    void addTo(CacheSettings.Builder<String, V> settings) {
        if (listening == Listening.NOBODY) {
            return;
        }
        CacheEntryListener<String, V> listener = newListener();
        settings.listener(
                new MutableCacheEntryListenerConfiguration<>(() -> listener, newFilter(), listening.wantsOld(), true));
    }

    private CacheEntryListener<String, V> newListener() {
        return switch (listening) {
            case CREATED_AND_EXPIRED -> new CreatedAndExpired();
            case UPDATED_AND_REMOVED -> new UpdatedAndRemoved();
            default -> new Everything();
        };
    }

    private Factory<CacheEntryEventFilter<String, V>> newFilter() {
        return listening.isFiltered() ? () -> event -> Listening.passes(event.getKey()) : null;
    }

    private void hear(Iterable<CacheEntryEvent<? extends String, ? extends V>> events) {
        events.forEach(event -> hear(Told.of(event)));
    }

    private synchronized void hear(Told<V> event) {
        heard.add(event);
        notifyAll();
        // which of these come when is not the same in each run, and a step must mean the same in each
        if (event.type() != EventType.EXPIRED && event.value() != null) {
            values.handedOut(event.value());
        }
        if (listening.failsOn(event)) {
            throw new IllegalStateException("no " + event);
        }
    }

    /** Returns what was heard since the last time. */
    synchronized List<Told<V>> drain() {
        List<Told<V>> drained = List.copyOf(heard);
        heard.clear();
        return drained;
    }

    /** Waits until something more is heard, for some seconds at most, and tells whether it was. */
    synchronized boolean awaitMore() {
        long end = System.nanoTime() + LIMIT.toNanos();
        for (long left = LIMIT.toNanos(); heard.isEmpty() && left > 0; left = end - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        return !heard.isEmpty();
    }

    private class Everything extends CreatedAndExpired
            implements CacheEntryUpdatedListener<String, V>, CacheEntryRemovedListener<String, V> {

        @Override
        public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends V>> events) {
            hear(events);
        }

        @Override
        public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends V>> events) {
            hear(events);
        }
    }

    private class CreatedAndExpired
            implements CacheEntryCreatedListener<String, V>, CacheEntryExpiredListener<String, V> {

        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends V>> events) {
            hear(events);
        }

        @Override
        public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends V>> events) {
            hear(events);
        }
    }

    private final class UpdatedAndRemoved
            implements CacheEntryUpdatedListener<String, V>, CacheEntryRemovedListener<String, V> {

        @Override
        public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends V>> events) {
            hear(events);
        }

        @Override
        public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends V>> events) {
            hear(events);
        }
    }
}
