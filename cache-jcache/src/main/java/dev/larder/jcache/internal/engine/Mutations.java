package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.concurrent.Gate;
import dev.larder.jcache.internal.concurrent.Hold;
import dev.larder.jcache.internal.concurrent.Holds;
import dev.larder.jcache.internal.concurrent.KeyLocks;
import dev.larder.jcache.internal.event.LarderEvent;
import dev.larder.jcache.internal.expiry.ConstantExpiry;
import dev.larder.jcache.internal.expiry.Expiry;
import dev.larder.jcache.internal.expiry.LongerExpiry;
import dev.larder.jcache.internal.stats.Statistics;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;

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
    private final Gate gate;
    private final KeyLocks<K, LarderEvent<K, V>> locks;
    private final Publishing<K, V> publishing;
    private final Coordination<K, V> coordination;
    private final PutTtls ttls;
    private final Statistics statistics;
    private final boolean isShared;
    private final boolean isPrivate;
    private final boolean mayFail;

    /** How much longer than its TTL an entry is kept. */
    private final long moreMillis;

    Mutations(EngineParts<K, V> parts) {
        store = parts.store();
        moreMillis = parts.loads().moreMillis();
        publishing = new Publishing<>(parts);
        gate = new Gate(parts.writing() == null && parts.lifetimes().usual().isConstant());
        locks = new KeyLocks<>(parts.name(), parts.events());
        statistics = parts.statistics();
        isShared = store.traits().shared();
        mayFail = store.traits().outlivesCallers();
        isPrivate = !isShared && !mayFail;
        ttls = new PutTtls(parts.lifetimes().usual(), isPrivate);
        coordination = new Coordination<>(parts, publishing, ttls);
    }

    Publishing<K, V> publishing() {
        return publishing;
    }

    Coordination<K, V> coordination() {
        return coordination;
    }

    KeyLocks<K, LarderEvent<K, V>> locks() {
        return locks;
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

    /** Marks a change as one that can do without an answer, on a store that may be unable to give one. */
    Change<V> forgiving(Change<V> change) {
        return mayFail ? change.orInvalidate() : change;
    }

    /** Whether a look into the store costs no round trip, so that one in vain does not matter. */
    boolean looksForFree() {
        return isPrivate;
    }

    /** Whether putting several values is no more than putting each of them. */
    boolean putsOneByOne() {
        return !isShared;
    }

    /**
     * Makes changes, of a cache without a writer, with one call of the store, if that saves a round trip; and counts them.
     *
     * @param isDecided whether they can be made without a look at what is there, as what they carry is all that there is to say
     * @return false if they are to be made one by one
     */
    boolean applyTogether(Supplier<Map<K, Change<V>>> changes, boolean isDecided, Counting counting) {
        if (!isShared || !isDecided) {
            return false;
        }
        int ticket = gate.enter();
        if (ticket < 0) {
            coordinateTogether(changes.get(), counting);
            return true;
        }
        try {
            count(publishing.writeAll(changes.get()), counting);
            return true;
        } finally {
            gate.leave(ticket);
        }
    }

    private void coordinateTogether(Map<K, Change<V>> changes, Counting counting) {
        try (Holds<K, LarderEvent<K, V>> holds = locks.lockAll(changes.keySet())) {
            count(publishing.writeAllAndPublish(holds, changes), counting);
        }
    }

    private void count(Map<K, Outcome<V>> outcomes, Counting counting) {
        outcomes.values().forEach(outcome -> counting.count(outcome, statistics));
    }

    /**
     * Whether a key is found present by a look that costs no round trip. Then a change that needs it absent is refused, and nobody
     * is to be told of that; with a look first, a refusal takes neither lock nor gate.
     */
    boolean isSurelyPresent(K key) {
        return isPrivate && store.readValue(key) != null;
    }

    /** Puts a value that is the cache's own, with the TTL that the expiry says, and counts that. */
    void put(K key, V own, Expiry lifetime) {
        if (!isPrivate) {
            apply(key, forgiving(putOf(own, lifetime)), lifetime, Counting.PUT);
            return;
        }
        int ticket = gate.enter();
        if (ticket == Gate.CLOSED) {
            putHolding(key, own, lifetime);
            return;
        }
        try {
            Ttl ttl = ttls.ofPut(lifetime);
            Outcome<V> outcome = ttl == null
                    ? publishing.write(key, putOf(own, lifetime), Origin.USER)
                    : publishing.put(key, own, ttl);
            Counting.PUT.count(outcome, statistics);
        } finally {
            gate.leave(ticket);
        }
    }

    private void putHolding(K key, V own, Expiry lifetime) {
        try (Hold<K, LarderEvent<K, V>> hold = locks.lock(key)) {
            // asked for only now: until the key is held, somebody may give it a deadline
            Ttl ttl = ttls.ofPut(lifetime);
            Outcome<V> outcome = ttl == null
                    ? coordination.coordinate(hold, putOf(own, lifetime), lifetime)
                    : coordination.put(hold, own, ttl, lifetime);
            Counting.PUT.count(outcome, statistics);
        }
    }

    /**
     * Puts values that are the cache's own, each for itself, and counts them, if that takes neither locks nor looks.
     *
     * @return false if they are to be put one by one
     */
    boolean putTogether(Collection<? extends Map.Entry<? extends K, ? extends V>> entries, Expiry lifetime) {
        int ticket = isPrivate ? gate.enter() : Gate.CLOSED;
        if (ticket == Gate.CLOSED) {
            return false;
        }
        try {
            Ttl ttl = ttls.ofPut(lifetime);
            if (ttl == null) {
                return false;
            }
            for (Map.Entry<? extends K, ? extends V> entry : entries) {
                publishing.put(entry.getKey(), entry.getValue(), ttl);
                statistics.put();
            }
            return true;
        } finally {
            gate.leave(ticket);
        }
    }

    /** Returns the expiry of an entry that is given a TTL of its own. */
    Expiry lifetime(Ttl ttl) {
        if (ttl.isFinite()) {
            ttls.expectDeadlines(gate);
        }
        return ConstantExpiry.of(LongerExpiry.longer(ttl, moreMillis));
    }

    /** Makes a change by the TTLs that it carries or, if these are not constant, by those that the expiry then says; and counts it. */
    Outcome<V> apply(K key, Change<V> change, Expiry expiry, Counting counting) {
        int ticket = gate.enter();
        if (ticket < 0) {
            return coordinate(key, change, expiry, counting);
        }
        try {
            if (isShared) {
                // there a processor whose own entry changes runs again, and this one would for ever
                locks.requireNotHeldByThisThread(key);
            }
            Outcome<V> outcome = publishing.write(key, change, Origin.USER);
            counting.count(outcome, statistics);
            return outcome;
        } finally {
            gate.leave(ticket);
        }
    }

    private Outcome<V> coordinate(K key, Change<V> change, Expiry expiry, Counting counting) {
        try (Hold<K, LarderEvent<K, V>> hold = locks.lock(key)) {
            Outcome<V> outcome = coordination.coordinate(hold, change, expiry);
            counting.count(outcome, statistics);
            return outcome;
        }
    }

    /** Closes the gate for good: all changes that begin from now on are coordinated, and no other is under way. */
    void coordinateFromNowOn() {
        gate.close();
    }

    /** Sees to it that nothing but expiry, eviction and clear happens to a key that is locked, where that can be had. */
    void isolateProcessors() {
        if (!isShared) {
            coordinateFromNowOn();
        }
    }

    /** Locks a key: no coordinated change touches it until the hold is closed. */
    Hold<K, LarderEvent<K, V>> lock(K key) {
        return locks.lock(key);
    }

    /** Locks several keys. */
    Holds<K, LarderEvent<K, V>> lockAll(Collection<? extends K> keys) {
        return locks.lockAll(keys);
    }

    /** Stores a loaded value if its lease still stands. */
    void fill(K key, Change<V> change) {
        int ticket = gate.enter();
        if (ticket < 0) {
            fillLocked(key, change);
            return;
        }
        try {
            publishing.write(key, change, Origin.LOADER);
        } finally {
            gate.leave(ticket);
        }
    }

    private void fillLocked(K key, Change<V> change) {
        if (locks.isHeldByThisThread(key)) {
            // a processor or writer reads its own key through the cache: what it comes to is stored, and not this
            store.write(key, Change.<V>touch(Ttl.EXPIRED).ifUnchanged(change.expectedLease()));
            return;
        }
        try (Hold<K, LarderEvent<K, V>> hold = locks.lock(key)) {
            publishing.writeAndPublish(hold, change, Origin.LOADER);
        }
    }

    /** Takes an entry away without the writer, and without news of that. */
    void invalidate(K key) {
        int ticket = gate.enter();
        if (ticket < 0) {
            try (Hold<K, LarderEvent<K, V>> hold = locks.lock(key)) {
                publishing.writeAndPublish(hold, invalidation(), Origin.INVALIDATION);
            }
            return;
        }
        try {
            publishing.write(key, invalidation(), Origin.INVALIDATION);
        } finally {
            gate.leave(ticket);
        }
    }

    private Change<V> invalidation() {
        return Change.<V>remove().orInvalidate();
    }

    /** Moves the deadline of an entry that was read. Only if that ends the entry, there are news and so an order to keep. */
    void access(K key, Entry<V> entry, Ttl ttl) {
        Change<V> change = forgiving(Change.<V>touch(ttl).ifUnchanged(entry));
        if (ttl.isExpired()) {
            apply(key, change, ConstantExpiry.of(ttl), Counting.NOTHING);
        } else if (!ttl.isUnchanged()) {
            store.write(key, change);
        }
    }
}
