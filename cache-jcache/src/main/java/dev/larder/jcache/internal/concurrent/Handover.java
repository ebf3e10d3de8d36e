package dev.larder.jcache.internal.concurrent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets go of keys, and hands over what was left with them.
 *
 * <p><b>Alone.</b> A thread that has messages to deliver says in its hold that the key is free, and <em>then</em> looks
 * whether it is still alone in the slot. Who comes puts up the crowd, and <em>then</em> looks whether the key is free. So at least
 * one of them sees the other. If who came saw that the key is free, or nobody came, the turn to deliver is the first thread's. Else
 * the key is locked in the crowd, and the first thread, which sees the crowd, unlocks it there.
 *
 * <p><b>In a crowd.</b> What was left goes into a queue while the key is locked; and then the thread waits for its {@link Turn}.
 */
final class Handover<K, M> {

    private final Slots<K, M> slots;
    private final Receiver<M> receiver;

    Handover(Slots<K, M> slots, Receiver<M> receiver) {
        this.slots = slots;
        this.receiver = receiver;
    }

    /** Takes note of a message; tells whether it is to be delivered. */
    boolean accept(M message) {
        return receiver.accept(message);
    }

    /** Lets go of a key, and delivers what was left with it. */
    void release(Hold<K, M> hold) {
        if (hold.leavesNothing()) {
            if (!slots.leave(hold)) {
                releaseInCrowd(hold);
            }
            return;
        }
        hold.letGo();
        if (slots.isAlone(hold)) {
            deliverInTurn(hold);
        } else {
            releaseInCrowd(hold);
        }
    }

    private void releaseInCrowd(Hold<K, M> hold) {
        BusyKey<K, M> key = slots.used(hold);
        if (key.isHeldByThisThread()) {
            deliver(unlock(key, hold));
        } else {
            deliverInTurn(hold);
        }
    }

    /** Lets go of keys, and then delivers what was left with them; throws the first failure when all is delivered. */
    void releaseAll(Collection<Hold<K, M>> holds) {
        List<Left<K, M>> all = new ArrayList<>(holds.size());
        for (Hold<K, M> hold : holds) {
            all.add(unlock(slots.used(hold), hold));
        }
        RuntimeException failure = null;
        for (Left<K, M> left : all) {
            try {
                deliver(left);
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** What was left with a key in a crowd. The key is in use until it is delivered. */
    private record Left<K, M>(BusyKey<K, M> key, Bulletin<M> bulletin) {}

    /** Queues what was left with a key in a crowd, and frees the key. */
    private Left<K, M> unlock(BusyKey<K, M> key, Hold<K, M> hold) {
        try {
            Bulletin<M> bulletin = new Bulletin<>(hold.messages());
            while (!key.endChange(bulletin)) {
                key.takeAsides().forEach(hold::leave);
                bulletin = new Bulletin<>(hold.messages());
            }
            return new Left<>(key, bulletin);
        } finally {
            key.unlock();
        }
    }

    private void deliver(Left<K, M> left) {
        try {
            if (!left.bulletin().isEmpty()) {
                left.key().turn().deliver(left.bulletin(), receiver);
            }
        } finally {
            left.key().leave();
        }
    }

    /** Delivers what was left with a key that is free, whose turn has been this thread's since before it was. */
    private void deliverInTurn(Hold<K, M> hold) {
        try {
            Turn.deliver(hold, receiver);
        } finally {
            if (!slots.leave(hold)) {
                endTurn(slots.used(hold));
            }
        }
    }

    private void endTurn(BusyKey<K, M> key) {
        try {
            key.turn().deliverAll(receiver);
        } finally {
            key.leave();
        }
    }

    /** Returns what others had to say while this thread changed a key. */
    List<M> takeAsides(Hold<K, M> hold) {
        return slots.isAlone(hold) ? List.of() : slots.used(hold).takeAsides();
    }

    /** Leaves a message that is nobody's; see {@link KeyLocks#leave}. */
    @Nullable
    Runnable leave(K key, M message) {
        int slot = Slots.indexOf(key);
        if (leaveAside(slot, key, message) || !receiver.accept(message)) {
            return null;
        }
        BusyKey<K, M> used = slots.use(slot, key);
        Bulletin<M> bulletin = new Bulletin<>(List.of(message));
        used.turn().enqueue(bulletin);
        return () -> deliver(new Left<>(used, bulletin));
    }

    private boolean leaveAside(int slot, K key, M message) {
        if (!slots.mayBeChanging(slot)) {
            return false;
        }
        BusyKey<K, M> used = slots.use(slot, key);
        try {
            return used.leaveAside(message);
        } finally {
            used.leave();
        }
    }
}
