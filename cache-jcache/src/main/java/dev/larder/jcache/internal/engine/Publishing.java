package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.concurrent.Hold;
import dev.larder.jcache.internal.event.EventDispatcher;
import dev.larder.jcache.internal.event.LarderEvent;
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
        try {
            return store.put(key, value, ttl);
        } finally {
            // not before, as in write
            if (loading != null) {
                loading.overtake(key);
            }
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

    /** Makes a change of a key that is locked, and leaves the events of what it did. */
    Outcome<V> writeAndPublish(Hold<K, LarderEvent<K, V>> hold, Change<V> change) {
        return writeAndPublish(hold, change, Origin.USER);
    }

    /** Does so for a change that somebody else may be the origin of. */
    Outcome<V> writeAndPublish(Hold<K, LarderEvent<K, V>> hold, Change<V> change, Origin origin) {
        if (!events.hasListeners()) {
            return write(hold.key(), change.tellingEffect(), origin);
        }
        hold.startChange();
        Outcome<V> outcome;
        try {
            outcome = write(hold.key(), telling(change), origin);
        } catch (Throwable e) {
            hold.takeAsides().forEach(hold::leave);
            throw e;
        }
        publish(hold, change, outcome, origin);
        return outcome;
    }

    /** Asks for what events tell of a change. What expires as it is put is an update only if there was something. */
    private Change<V> telling(Change<V> change) {
        boolean mayEnd = change.action() == Change.Action.PUT
                && (change.onCreate().isExpired() || change.onUpdate().isExpired());
        return mayEnd || events.wantsOldValues() ? change.returningPrevious() : change.tellingEffect();
    }

    /** Leaves the events of a change, and before and after them what the store told unasked meanwhile. */
    private void publish(Hold<K, LarderEvent<K, V>> hold, Change<V> change, Outcome<V> outcome, Origin origin) {
        List<LarderEvent<K, V>> unasked = hold.takeAsides();
        if (unasked.isEmpty()) {
            leaveEvents(hold, change, outcome, origin);
            return;
        }
        List<LarderEvent<K, V>> after = new ArrayList<>();
        for (LarderEvent<K, V> event : unasked) {
            if (isAboutWhatWasStored(event, hold.key(), change, outcome)) {
                after.add(event);
            } else {
                hold.leave(event);
            }
        }
        leaveEvents(hold, change, outcome, origin);
        after.forEach(hold::leave);
    }

    private boolean isAboutWhatWasStored(LarderEvent<K, V> unasked, K key, Change<V> change, Outcome<V> outcome) {
        if (change.action() != Change.Action.PUT || unasked.getOldValue() != change.value()) {
            return false;
        }
        // the same object may have been there before, and expired just before the change looked
        boolean mayBeItsPredecessor = outcome.effect() == Outcome.Effect.CREATED && outcome.expired() == null;
        return !mayBeItsPredecessor || store.read(key) == null;
    }

    private void leaveEvents(Hold<K, LarderEvent<K, V>> hold, Change<V> change, Outcome<V> outcome, Origin origin) {
        K told = copying.key(hold.key());
        Entry<V> expired = outcome.expired();
        if (expired != null) {
            hold.leave(events.expired(told, expired.value()));
        }
        Entry<V> previous = outcome.previous();
        V old = previous == null ? null : previous.value();
        switch (outcome.effect()) {
            case CREATED -> hold.leave(events.created(told, change.value()));
            case UPDATED -> hold.leave(events.updated(told, change.value(), old));
            case REMOVED -> {
                if (origin != Origin.INVALIDATION) {
                    hold.leave(events.removed(told, old));
                }
            }
            case NOT_STORED -> {
                if (old != null) {
                    hold.leave(events.updated(told, change.value(), old));
                    hold.leave(events.expired(told, change.value()));
                }
            }
            case APPLIED, TOUCHED, ABSENT, MISMATCH -> {}
        }
    }
}
