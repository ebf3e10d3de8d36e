package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.event.EventDispatcher;
import dev.larder.jcache.internal.event.News;
import dev.larder.jcache.internal.load.Loading;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes changes in the store, and lets those know who must: the loads that they overtake, and the listeners. */
final class Publishing<K, V> {

    private final Store<K, V> store;
    private final Copying<K, V> copying;
    private final EventDispatcher<K, V> events;
    private @Nullable Loading<K, V> loading;

    Publishing(EngineParts<K, V> parts) {
        store = parts.store();
        copying = parts.copying();
        events = parts.events();
    }

    /** Names what changes must overtake; called while the cache is being made, as loads are stored by way of this. */
    void setLoading(Loading<K, V> newLoading) {
        loading = newLoading;
    }

    /** Puts a value whatever is there, and lets that overtake what is being loaded. */
    Outcome<V> put(K key, V value, Ttl ttl) {
        if (loading == null) {
            return store.put(key, value, ttl);
        }
        try {
            return store.put(key, value, ttl);
        } finally {
            // as in write
            loading.overtake(key);
        }
    }

    /** Makes a change, and lets it overtake what is being loaded. */
    Outcome<V> write(K key, Change<V> change, Origin origin) {
        if (loading == null || origin == Origin.LOADER || leavesValue(change)) {
            return store.write(key, change);
        }
        boolean mayHaveChanged = true;
        try {
            Outcome<V> outcome = store.write(key, change);
            mayHaveChanged = outcome.isApplied() || change.condition() == Change.Condition.NONE;
            return outcome;
        } finally {
            // not before: who asks in between may still find the old value in the store, and hand it out as if loaded
            if (mayHaveChanged) {
                loading.overtake(key);
            }
        }
    }

    /** Whether a change moves no more than a deadline. The end of a lease stands for the removal of an absent key. */
    private static boolean leavesValue(Change<?> change) {
        return change.action() == Change.Action.TOUCH && change.condition() != Change.Condition.LEASE;
    }

    /** Makes changes of several keys with one call of the store. */
    Map<K, Outcome<V>> writeAll(Map<K, Change<V>> changes) {
        try {
            return store.writeAll(changes);
        } finally {
            overtakeAll(changes.keySet());
        }
    }

    private void overtakeAll(Collection<K> keys) {
        if (loading != null) {
            keys.forEach(loading::overtake);
        }
    }

    /** Makes a change under the lock of its key, and publishes what it did. */
    Outcome<V> writeAndPublish(K key, Change<V> change, Deliveries deliveries) {
        return writeAndPublish(key, change, Origin.USER, deliveries);
    }

    /** Does so for a change that somebody else may be the origin of. */
    Outcome<V> writeAndPublish(K key, Change<V> change, Origin origin, Deliveries deliveries) {
        if (!events.hasListeners()) {
            return write(key, change.tellingEffect(), origin);
        }
        List<News<K, V>> news = List.of();
        Predicate<News<K, V>> isAfter = unasked -> false;
        events.prepare(key);
        try {
            Outcome<V> outcome = write(key, change.returningPrevious(), origin);
            isAfter = unasked -> isAboutWhatWasStored(unasked, key, change, outcome);
            news = newsOf(key, change, outcome, origin);
            return outcome;
        } finally {
            deliveries.add(events.publish(key, news, isAfter));
        }
    }

    private boolean isAboutWhatWasStored(News<K, V> unasked, K key, Change<V> change, Outcome<V> outcome) {
        if (change.action() != Change.Action.PUT || unasked.old() != change.value()) {
            return false;
        }
        // the same object may have been there before, and expired just before the change looked
        boolean mayBeItsPredecessor = outcome.effect() == Outcome.Effect.CREATED && outcome.expired() == null;
        return !mayBeItsPredecessor || store.read(key) == null;
    }

    private List<News<K, V>> newsOf(K key, Change<V> change, Outcome<V> outcome, Origin origin) {
        List<News<K, V>> news = new ArrayList<>(2);
        K told = copying.key(key);
        Entry<V> expired = outcome.expired();
        if (expired != null) {
            news.add(News.expired(told, expired.value()));
        }
        Entry<V> previous = outcome.previous();
        V old = previous == null ? null : previous.value();
        switch (outcome.effect()) {
            case CREATED -> news.add(News.created(told, change.value()));
            case UPDATED -> news.add(News.updated(told, change.value(), old));
            case REMOVED -> {
                if (origin != Origin.INVALIDATION) {
                    news.add(News.removed(told, old));
                }
            }
            case NOT_STORED -> {
                if (old != null) {
                    news.add(News.updated(told, change.value(), old));
                    news.add(News.expired(told, change.value()));
                }
            }
            case APPLIED, TOUCHED, ABSENT, MISMATCH -> {}
        }
        return news;
    }
}
