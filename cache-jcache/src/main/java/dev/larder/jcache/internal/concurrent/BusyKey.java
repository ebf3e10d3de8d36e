package dev.larder.jcache.internal.concurrent;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key in a {@link Crowd}: its lock, and what there is to be told of it. All but the lock is guarded by the crowd. */
final class BusyKey<K, M> extends Mutex {

    private static final long serialVersionUID = 1L;

    private final transient Crowd<K, M> crowd;
    private final transient K key;
    private final long rank;
    private int users;

    /** Who has the lock, from when he said so until he ceases to change the key. */
    private transient @Nullable Hold<K, M> holder;

    private transient List<M> asides = List.of();
    private transient @Nullable Turn<M> turn;

    private BusyKey(Crowd<K, M> crowd, K key, long rank, @Nullable Thread owner) {
        super(owner);
        this.crowd = crowd;
        this.key = key;
        this.rank = rank;
    }

    /**
     * Makes a key that nobody has locked.
     *
     * @param rank its place in the order in which locks are taken
     */
    static <K, M> BusyKey<K, M> free(Crowd<K, M> crowd, K key, long rank) {
        return new BusyKey<>(crowd, key, rank, null);
    }

    /** Makes a key that is locked by this hold; or free already, and the turn the hold's. */
    static <K, M> BusyKey<K, M> of(Crowd<K, M> crowd, Hold<K, M> hold, long rank) {
        if (hold.hasLetGo()) {
            BusyKey<K, M> free = free(crowd, hold.key(), rank);
            free.turn = new Turn<>(hold.owner());
            return free;
        }
        BusyKey<K, M> held = new BusyKey<>(crowd, hold.key(), rank, hold.owner());
        held.holder = hold;
        return held;
    }

    K key() {
        return key;
    }

    long rank() {
        return rank;
    }

    /** Counts another user; called by the crowd. */
    void addUser() {
        users++;
    }

    /** Counts one less; called by the crowd. Tells whether that was the last. */
    boolean removeUser() {
        return --users == 0;
    }

    /** Ends a use of this key. */
    void leave() {
        crowd.leave(this);
    }

    /** Notes who has the lock, and may change the key. */
    void setHolder(Hold<K, M> newHolder) {
        synchronized (crowd) {
            holder = newHolder;
        }
    }

    /** Leaves a message to whoever is changing the key; returns whether somebody is. */
    boolean leaveAside(M message) {
        synchronized (crowd) {
            if (holder == null || !holder.isChanging()) {
                return false;
            }
            if (asides.isEmpty()) {
                asides = new ArrayList<>(1);
            }
            return asides.add(message);
        }
    }

    /** Takes the messages that were left to who is changing the key. */
    List<M> takeAsides() {
        synchronized (crowd) {
            List<M> taken = asides;
            asides = List.of();
            return taken;
        }
    }

    /**
     * Queues what the holder leaves, if there are no more messages for him: from now on they go into the queue as well, and so
     * come after his.
     *
     * @return whether that was done; if not, he is to take them first
     */
    boolean endChange(Bulletin<M> bulletin) {
        synchronized (crowd) {
            if (!asides.isEmpty()) {
                return false;
            }
            holder = null;
            if (!bulletin.isEmpty()) {
                turn().enqueue(bulletin);
            }
            return true;
        }
    }

    /** Returns the queue for what is left with the key. */
    Turn<M> turn() {
        synchronized (crowd) {
            if (turn == null) {
                turn = new Turn<>(null);
            }
            return turn;
        }
    }
}
