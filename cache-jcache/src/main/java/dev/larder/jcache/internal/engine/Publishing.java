package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.concurrent.Hold;
import dev.larder.jcache.internal.concurrent.Holds;
import dev.larder.jcache.internal.event.EventDispatcher;
import dev.larder.jcache.internal.event.LarderEvent;
import dev.larder.jcache.internal.load.Loading;
import dev.larder.store.Change;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes changes in the store, and lets those know who must: the loads that they overtake, and the listeners. */
final class Publishing<K, V> {

    private final Store<K, V> store;
    private final EventDispatcher<K, V> events;
    private final ChangeEvents<K, V> news;
    private @Nullable Loading<K, V> loading;

    Publishing(EngineParts<K, V> parts) {
        store = parts.store();
        events = parts.events();
        news = new ChangeEvents<>(store, parts.copying(), events);
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
        Change<V> made = isNewsForOthers(change, origin) ? change : change.untold();
        if (loading == null || origin == Origin.LOADER || leavesValue(change)) {
            return store.write(key, made);
        }
        boolean mayHaveChanged = true;
        try {
            Outcome<V> outcome = store.write(key, made);
            mayHaveChanged = outcome.isApplied() || change.condition() == Change.Condition.NONE;
            return outcome;
        } finally {
            // not before: who asks in between may still find the old value in the store, and hand it out as if loaded
            if (mayHaveChanged) {
                loading.overtake(key);
            }
        }
    }

    /** Other JVMs hear of what users change and of what is loaded. What a loader takes away was past its time, which is told to nobody there. */
    private static boolean isNewsForOthers(Change<?> change, Origin origin) {
        return origin == Origin.USER || (origin == Origin.LOADER && change.action() != Change.Action.REMOVE);
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

    /** Makes changes of keys that are locked with one call of the store, and leaves the events of what they did. */
    Map<K, Outcome<V>> writeAllAndPublish(Holds<K, LarderEvent<K, V>> holds, Map<K, Change<V>> changes) {
        if (!events.hasListeners()) {
            return writeAll(changes);
        }
        Map<K, Change<V>> telling = new LinkedHashMap<>(changes.size() * 2);
        changes.forEach((key, change) -> telling.put(key, telling(change)));
        changes.keySet().forEach(key -> holds.of(key).startChange());
        Map<K, Outcome<V>> outcomes;
        try {
            outcomes = writeAll(telling);
        } catch (Throwable e) {
            changes.keySet().forEach(key -> holds.of(key).takeAsides().forEach(holds.of(key)::leave));
            throw e;
        }
        changes.forEach((key, change) -> news.leave(
                holds.of(key), stored(change), Objects.requireNonNull(outcomes.get(key), "outcome"), Origin.USER));
        return outcomes;
    }

    private static <V> @Nullable V stored(Change<V> change) {
        return change.action() == Change.Action.PUT ? change.value() : null;
    }

    private void overtakeAll(Collection<K> keys) {
        if (loading != null) {
            keys.forEach(loading::overtake);
        }
    }

    /** Puts a value of a key that is locked, whatever is there, and leaves the events of that. */
    Outcome<V> putAndPublish(Hold<K, LarderEvent<K, V>> hold, V value, Ttl ttl) {
        if (!events.hasListeners()) {
            return put(hold.key(), value, ttl);
        }
        if (ttl.isExpired() || events.wantsOldValues()) {
            return writeAndPublish(hold, Change.put(value, ttl));
        }
        hold.startChange();
        Outcome<V> outcome;
        try {
            outcome = put(hold.key(), value, ttl);
        } catch (Throwable e) {
            hold.takeAsides().forEach(hold::leave);
            throw e;
        }
        news.leave(hold, value, outcome, Origin.USER);
        return outcome;
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
        news.leave(hold, stored(change), outcome, origin);
        return outcome;
    }

    /** Asks for what events tell of a change. What expires as it is put is an update only if there was something. */
    private Change<V> telling(Change<V> change) {
        boolean mayEnd = change.action() == Change.Action.PUT
                && (change.onCreate().isExpired() || change.onUpdate().isExpired());
        return mayEnd || events.wantsOldValues() ? change.returningPrevious() : change.tellingEffect();
    }
}
