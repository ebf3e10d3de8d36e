package dev.larder.jcache.internal.concurrent;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that a thread has locked. Closing it lets go of the key, and then delivers the messages that were left with it. For that
 * thread alone, except where it is said.
 *
 * @param <K> the type of key
 * @param <M> the type of message
 */
public final class Hold<K, M> implements Slots.Occupant<K, M>, AutoCloseable {

    private final Handover<K, M> handover;
    private final K key;
    private final Thread owner = Thread.currentThread();
    private final char slot;

    /** Others read it without further ado: who has to see that it is set, comes from a change that was made after it was. */
    private boolean changing;

    private volatile boolean letGo;

    /** The one message, or {@link Several}. */
    private @Nullable Object left;

    private static final class Several<M> extends ArrayList<M> {
        private static final long serialVersionUID = 1L;
    }

    Hold(Handover<K, M> handover, K key, char slot) {
        this.handover = handover;
        this.key = key;
        this.slot = slot;
    }

    /** Returns the key. */
    public K key() {
        return key;
    }

    /** Returns the index of the key's slot. */
    int slot() {
        return slot;
    }

    /** Returns the thread that has the key. For every thread. */
    Thread owner() {
        return owner;
    }

    /** Whether this is the calling thread's, and of that key. For every thread. */
    boolean isThisThreads(Object asked) {
        return owner == Thread.currentThread() && !letGo && key.equals(asked);
    }

    /** Notes that a change of the key begins: what others have to say of the key from now on waits for {@link #takeAsides}. */
    public void startChange() {
        changing = true;
    }

    /** Whether a change of this key has begun. For every thread. */
    boolean isChanging() {
        return changing;
    }

    /** Returns what others had to say of the key since the change began, in their order; it is to be left by this thread. */
    public List<M> takeAsides() {
        return handover.takeAsides(this);
    }

    /** Leaves a message, to be delivered when the key is free, after those that were left before. */
    public void leave(M message) {
        if (handover.accept(message)) {
            left = left == null ? message : several(left, message);
        }
    }

    @SuppressWarnings("unchecked") // nobody else can make one of these
    private Several<M> several(Object before, M message) {
        if (before instanceof Several<?> already) {
            ((Several<M>) already).add(message);
            return (Several<M>) already;
        }
        Several<M> several = new Several<>();
        several.add((M) before);
        several.add(message);
        return several;
    }

    /** Whether there is nothing to deliver. */
    boolean leavesNothing() {
        return left == null;
    }

    /** Returns what there is to deliver. */
    @SuppressWarnings("unchecked") // if it is not several, it is one
    List<M> messages() {
        if (left instanceof Several<?> several) {
            return (Several<M>) several;
        }
        return left == null ? List.of() : List.of((M) left);
    }

    /** Delivers it, all of it, and then throws the last failure. */
    @SuppressWarnings("unchecked") // if it is not several, it is one
    void deliver(Receiver<M> receiver) {
        if (left instanceof Several<?>) {
            Bulletin<M> bulletin = new Bulletin<>(messages());
            bulletin.deliver(receiver);
            bulletin.throwFailure();
        } else if (left != null) {
            receiver.deliver((M) left);
        }
    }

    /** Lets others have the key. */
    void letGo() {
        letGo = true;
    }

    /** Whether others may have the key: what is left to do is to deliver. For every thread. */
    boolean hasLetGo() {
        return letGo;
    }

    @Override
    public void close() {
        handover.release(this);
    }
}
