package dev.larder.jcache.internal.concurrent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * A lock for each key in use, so that a slow writer or processor of one key delays no other; and messages that its holder leaves
 * with it, which are delivered when the key is free, in the order of the holds.
 *
 * <p><b>How it works.</b> Keys share some {@link Slots}. Whoever comes first to a slot puts his {@link Hold} there with one
 * compare-and-set, and takes it out with another; as long as nobody else comes, that is all. Whoever finds the hold of another, of
 * the same key or not, puts a {@link Crowd} in its place: an exact table, in which each key has a lock of its own.
 *
 * <p>What follows when a key is let go is in {@link Handover}.
 *
 * <p><b>Order.</b> Whoever needs several locks becomes a user of them all before he takes the first, and takes them by rank.
 * Ranks do not change while a key has users, so that all take the same locks in the same order, and no circle forms.
 *
 * @param <K> the type of key
 * @param <M> the type of message
 */
public final class KeyLocks<K, M> {

    private final String cacheName;
    private final Slots<K, M> slots = new Slots<>();
    private final Handover<K, M> handover;

    /** Creates the locks of a cache. */
    public KeyLocks(String cacheName, Receiver<M> receiver) {
        this.cacheName = cacheName;
        handover = new Handover<>(slots, receiver);
    }

    /**
     * Locks a key, waiting for it as long as needed.
     *
     * @throws CacheException if this thread holds the lock already, would wait for itself in a circle, or is interrupted
     */
    public Hold<K, M> lock(K key) {
        Hold<K, M> hold = new Hold<>(handover, key, Slots.indexOf(key));
        if (!slots.enter(hold)) {
            lockInCrowd(hold);
        }
        return hold;
    }

    private void lockInCrowd(Hold<K, M> hold) {
        BusyKey<K, M> key = slots.use(hold.slot(), hold.key());
        try {
            acquire(key, hold);
        } catch (Throwable e) {
            key.leave();
            throw e;
        }
    }

    /** Locks several keys, none twice, in an order that excludes a deadlock with others who do the same. */
    public Holds<K, M> lockAll(Collection<? extends K> keys) {
        Map<K, Hold<K, M>> holds = new LinkedHashMap<>(keys.size() * 2);
        Map<BusyKey<K, M>, Hold<K, M>> byRank = new TreeMap<>(Comparator.comparingLong(BusyKey::rank));
        List<BusyKey<K, M>> locked = new ArrayList<>(keys.size());
        try {
            for (K key : keys) {
                Hold<K, M> hold = new Hold<>(handover, key, Slots.indexOf(key));
                byRank.put(slots.use(hold.slot(), key), hold);
                holds.put(key, hold);
            }
            byRank.forEach((key, hold) -> {
                acquire(key, hold);
                locked.add(key);
            });
        } catch (Throwable e) {
            locked.forEach(BusyKey::unlock);
            byRank.keySet().forEach(BusyKey::leave);
            throw e;
        }
        return new Holds<>(handover, holds);
    }

    private void acquire(BusyKey<K, M> key, Hold<K, M> hold) {
        requireNotHeld(key.isHeldByThisThread());
        if (!key.tryLock()) {
            await(key);
        }
        key.setHolder(hold);
    }

    private void await(BusyKey<K, M> key) {
        if (!WaitGraph.enter(key)) {
            throw new CacheException("cache \"" + cacheName + "\": deadlock avoided: this thread works on one key and"
                    + " wants a second, whose owner waits for the first; work on one key at a time");
        }
        try {
            key.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheException(
                    "cache \"" + cacheName + "\": interrupted while waiting for another thread's work on a key", e);
        } finally {
            WaitGraph.leave();
        }
    }

    /**
     * Checks that this thread does not hold the lock of a key.
     *
     * @throws CacheException if it does
     */
    public void requireNotHeldByThisThread(K key) {
        requireNotHeld(isHeldByThisThread(key));
    }

    private void requireNotHeld(boolean isHeld) {
        if (isHeld) {
            throw new CacheException("cache \"" + cacheName + "\": a key was changed through the cache while an entry"
                    + " processor or writer of this thread works on that key; use the entry that it was given");
        }
    }

    /** Whether this thread holds the lock of a key. */
    public boolean isHeldByThisThread(K key) {
        Slots.Occupant<K, M> found = slots.get(Slots.indexOf(key));
        if (found instanceof Crowd<K, M> crowd) {
            return crowd.isHeldByThisThread(key);
        }
        return found instanceof Hold<K, M> hold && hold.isThisThreads(key);
    }

    /**
     * Leaves a message with a key on behalf of nobody, after those that were left with it before. If the key is being changed
     * just now, the message waits for {@link Hold#takeAsides}, because only the change knows whether it comes before or after.
     *
     * @return what delivers the message, to be called soon by any thread; null if that is somebody else's business, or nobody's
     */
    public @Nullable Runnable leave(K key, M message) {
        return handover.leave(key, message);
    }

    /** Returns how many keys are locked, waited for, or have something left with them now. */
    public int size() {
        return slots.countKeys();
    }
}
