package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.concurrent.Gate;
import dev.larder.jcache.internal.concurrent.KeyLocks;
import dev.larder.jcache.internal.event.EventDispatcher;
import dev.larder.jcache.internal.event.News;
import dev.larder.jcache.internal.expiry.ConstantExpiry;
import dev.larder.jcache.internal.expiry.Expiry;
import dev.larder.jcache.internal.load.Loading;
import dev.larder.jcache.internal.write.Writing;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes changes, in one of two ways.
 *
 * <ul>
 *   <li><em>Direct:</em> one call of the store. The way of a cache without writer, listeners and hand-written expiry
 *       policy, as long as no entry processor has been used.
 *   <li><em>Coordinated:</em> under the lock of the key: look, decide, write through, change the store, publish the news;
 *       and when the lock is free, deliver them.
 * </ul>
 *
 * <p>The {@link Gate} leads from one to the other: who needs coordination closes it, and from then on no direct
 * change is under way. So an entry processor runs once, and nothing but expiry, eviction and clear happens to its entry
 * meanwhile.
 */
final class Mutations<K, V> {

    private final Store<K, V> store;
    private final Copying<K, V> copying;
    private final EventDispatcher<K, V> events;
    private final Gate gate;
    private final KeyLocks<K> locks;
    private final @Nullable Writing<K, V> writing;
    private @Nullable Loading<K, V> loading;

    Mutations(
            Store<K, V> store,
            Copying<K, V> copying,
            EventDispatcher<K, V> events,
            Gate gate,
            KeyLocks<K> locks,
            @Nullable Writing<K, V> writing) {
        this.store = store;
        this.copying = copying;
        this.events = events;
        this.gate = gate;
        this.locks = locks;
        this.writing = writing;
    }

    /** Names what changes must overtake; called while the cache is being made, as loads are stored by way of this. */
    void setLoading(Loading<K, V> newLoading) {
        loading = newLoading;
    }

    /**
     * Returns the put of a value that is the cache's own. Its TTLs count only if they are constant. Where a put may end an
     * entry, or that is not known yet, it asks for that entry: it was updated then, and else nothing was stored.
     */
    static <V> Change<V> putOf(V own, Expiry expiry) {
        if (!expiry.isConstant()) {
            return Change.put(own, Ttl.ETERNAL).returningPrevious();
        }
        Change<V> put = Change.put(own, expiry.creation(), expiry.update());
        return expiry.update().isExpired() ? put.returningPrevious() : put;
    }

    /** Makes a change by the TTLs that it carries or, if these are not constant, by those that the expiry then says. */
    Outcome<V> apply(K key, Change<V> change, Expiry expiry) {
        int ticket = gate.enter();
        if (ticket < 0) {
            return exclusively(key, deliveries -> coordinate(key, change, expiry, deliveries));
        }
        try {
            return write(key, change);
        } finally {
            gate.leave(ticket);
        }
    }

    /** Closes the gate for good: all changes that begin from now on are coordinated, and no other is under way. */
    void coordinateFromNowOn() {
        gate.close();
    }

    /** Works on a key that no coordinated change touches meanwhile, and then delivers the news of it. */
    <R extends @Nullable Object> R exclusively(K key, Function<Deliveries, R> work) {
        return holding(locks.lock(key), work);
    }

    /** Works on several keys that no coordinated change touches meanwhile, and then delivers the news of it. */
    <R extends @Nullable Object> R exclusively(Collection<? extends K> keys, Function<Deliveries, R> work) {
        return holding(locks.lockAll(keys), work);
    }

    private static <R extends @Nullable Object> R holding(KeyLocks.Held held, Function<Deliveries, R> work) {
        Deliveries deliveries = new Deliveries();
        R result;
        try {
            try {
                result = work.apply(deliveries);
            } finally {
                held.close();
            }
        } catch (Throwable e) {
            deliveries.deliverDespite(e);
            throw e;
        }
        deliveries.deliver();
        return result;
    }

    private Outcome<V> coordinate(K key, Change<V> change, Expiry expiry, Deliveries deliveries) {
        boolean isRemoval = change.action() == Change.Action.REMOVE && change.condition() == Change.Condition.NONE;
        if (isRemoval && writing != null) {
            // also if there is nothing to remove here: the writer may have it
            writing.delete(key);
        }
        if (isRemoval || (writing == null && expiry.isConstant())) {
            return writeAndPublish(key, change, deliveries);
        }
        Entry<V> current = store.read(key);
        Effect refusal = change.refusal(current);
        if (refusal != null) {
            return refuse(key, change, refusal, current, expiry, deliveries);
        }
        writeThrough(key, change);
        if (change.action() != Change.Action.PUT) {
            return writeAndPublish(key, change, deliveries);
        }
        Outcome<V> outcome = putUnderLock(key, change.value(), current, expiry, deliveries);
        return change.returnsPrevious() ? Outcome.of(outcome.effect(), current, outcome.expired()) : outcome;
    }

    private void writeThrough(K key, Change<V> change) {
        if (writing == null) {
            return;
        }
        if (change.action() == Change.Action.PUT) {
            writing.write(key, change.value());
        } else if (change.action() == Change.Action.REMOVE) {
            writing.delete(key);
        }
    }

    /** Puts a value under the lock of its key, with the TTL that the expiry says; the writer has it already. */
    Outcome<V> putUnderLock(K key, V value, @Nullable Entry<V> current, Expiry expiry, Deliveries deliveries) {
        if (expiry.isConstant()) {
            return writeAndPublish(key, Change.put(value, expiry.creation(), expiry.update()), deliveries);
        }
        if (current != null) {
            Ttl ttl = expiry.update();
            if (!ttl.isUnchanged()) {
                return writeAndPublish(key, Change.put(value, ttl), deliveries);
            }
            Change<V> update = Change.put(value, ttl).ifUnchanged(current);
            Outcome<V> outcome = writeAndPublish(key, update, deliveries);
            if (outcome.isApplied()) {
                return outcome;
            }
            // evicted or expired just now, and with it the deadline to keep: it is a creation
        }
        return writeAndPublish(key, Change.put(value, expiry.creation()), deliveries);
    }

    private Outcome<V> refuse(
            K key, Change<V> change, Effect refusal, @Nullable Entry<V> current, Expiry expiry, Deliveries deliveries) {
        if (current != null && change.condition() == Change.Condition.VALUE) {
            Ttl ttl = expiry.access();
            if (!ttl.isUnchanged()) {
                writeAndPublish(key, Change.<V>touch(ttl).ifUnchanged(current), deliveries);
            }
        }
        return Outcome.of(refusal, current, null);
    }

    /** Makes a change under the lock of its key, and publishes what it did. */
    Outcome<V> writeAndPublish(K key, Change<V> change, Deliveries deliveries) {
        return writeAndPublish(key, change, deliveries, true);
    }

    private Outcome<V> writeAndPublish(K key, Change<V> change, Deliveries deliveries, boolean tellsRemoval) {
        if (!events.hasListeners()) {
            return write(key, change.tellingEffect());
        }
        List<News<K, V>> news = List.of();
        Predicate<News<K, V>> isAfter = unasked -> false;
        events.prepare(key);
        try {
            Outcome<V> outcome = write(key, change.returningPrevious());
            isAfter = unasked -> isAboutWhatWasStored(unasked, key, change, outcome);
            news = newsOf(key, change, outcome, tellsRemoval);
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
        boolean mayBeItsPredecessor = outcome.effect() == Effect.CREATED && outcome.expired() == null;
        return !mayBeItsPredecessor || store.read(key) == null;
    }

    private List<News<K, V>> newsOf(K key, Change<V> change, Outcome<V> outcome, boolean tellsRemoval) {
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
                if (tellsRemoval) {
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

    private Outcome<V> write(K key, Change<V> change) {
        if (loading == null || change.action() == Change.Action.TOUCH || change.condition() == Change.Condition.LEASE) {
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

    /** Stores a loaded value if its lease still stands. */
    void fill(K key, Change<V> change) {
        int ticket = gate.enter();
        if (ticket < 0) {
            if (locks.isHeldByThisThread(key)) {
                // a processor or writer reads its own key through the cache: what it comes to is stored, and not this
                store.write(key, Change.<V>touch(Ttl.EXPIRED).ifUnchanged(change.expectedLease()));
            } else {
                exclusively(key, deliveries -> writeAndPublish(key, change, deliveries));
            }
            return;
        }
        try {
            write(key, change);
        } finally {
            gate.leave(ticket);
        }
    }

    /** Takes an entry away without the writer, and without news of that. */
    void invalidate(K key) {
        int ticket = gate.enter();
        if (ticket < 0) {
            exclusively(key, deliveries -> writeAndPublish(key, Change.remove(), deliveries, false));
            return;
        }
        try {
            write(key, Change.remove());
        } finally {
            gate.leave(ticket);
        }
    }

    /** Moves the deadline of an entry that was read. Only if that ends the entry, there are news and so an order to keep. */
    void access(K key, Entry<V> entry, Ttl ttl) {
        Change<V> change = Change.<V>touch(ttl).ifUnchanged(entry);
        if (ttl.isExpired()) {
            apply(key, change, ConstantExpiry.of(ttl));
        } else if (!ttl.isUnchanged()) {
            store.write(key, change);
        }
    }
}
