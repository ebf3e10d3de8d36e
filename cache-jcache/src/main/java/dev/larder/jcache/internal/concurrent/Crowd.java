package dev.larder.jcache.internal.concurrent;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a slot that more than one thread had to do with. A key is here as long as it has users: whoever has its lock, wants
 * it, or delivers or is to deliver what was left with it. When the last leaves, the slot is empty again.
 *
 * <p>Guarded by itself, never for longer than a look at a table.
 */
final class Crowd<K, M> implements Slots.Occupant<K, M> {

    private final Slots<K, M> slots;
    private final int index;
    private final Map<K, BusyKey<K, M>> keys = new HashMap<>();

    /** Who was in the slot before, until he is entered in the table. */
    private @Nullable Hold<K, M> first;

    private int lastNumber;
    private boolean isOver;

    Crowd(Slots<K, M> slots, int index, @Nullable Hold<K, M> first) {
        this.slots = slots;
        this.index = index;
        this.first = first;
    }

    /** Makes the calling thread a user of a key, once more; returns null if this crowd is over, and the slot another's. */
    synchronized @Nullable BusyKey<K, M> use(K key) {
        if (isOver) {
            return null;
        }
        enterFirst();
        BusyKey<K, M> found = keys.get(key);
        if (found == null) {
            found = BusyKey.free(this, key, nextRank());
            keys.put(key, found);
        }
        found.addUser();
        return found;
    }

    /**
     * What the first thread is at is looked at only now, when it can see that it is not alone: if it has let go of its key, it may
     * not have seen that, and if not, it will.
     */
    private void enterFirst() {
        Hold<K, M> hold = first;
        if (hold != null) {
            first = null;
            BusyKey<K, M> key = BusyKey.of(this, hold, nextRank());
            key.addUser();
            keys.put(hold.key(), key);
        }
    }

    /** Locks are taken by slot, and within a slot in the order in which keys came. */
    private long nextRank() {
        return ((long) index << Integer.SIZE) + ++lastNumber;
    }

    /** Returns a key that the calling thread is a user of. */
    synchronized BusyKey<K, M> used(K key) {
        enterFirst();
        BusyKey<K, M> found = keys.get(key);
        if (found == null) {
            throw new IllegalStateException("a key that is in use has gone");
        }
        return found;
    }

    /** Ends a use of a key. */
    synchronized void leave(BusyKey<K, M> key) {
        if (key.removeUser()) {
            keys.remove(key.key());
        }
        if (keys.isEmpty()) {
            isOver = true;
            slots.empty(index);
        }
    }

    /** Whether the calling thread has the lock of a key. */
    synchronized boolean isHeldByThisThread(K key) {
        enterFirst();
        BusyKey<K, M> found = keys.get(key);
        return found != null && found.isHeldByThisThread();
    }

    synchronized int size() {
        enterFirst();
        return keys.size();
    }
}
