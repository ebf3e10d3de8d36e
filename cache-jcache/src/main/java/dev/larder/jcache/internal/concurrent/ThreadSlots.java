package dev.larder.jcache.internal.concurrent;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Gives threads slots of their own, so that a counter that only its thread writes needs no atomic step, which would cost as
 * much as a hit.
 *
 * <p>A slot belongs to one thread until that one has ended; then another may have it, and sees all that the first one did. There
 * are few slots: a thread that finds its own taken has none, and neither have virtual threads, which come and go. Whoever
 * counts by slots has another way for those. A thread is held weakly.
 */
public final class ThreadSlots {

    /** How many slots there are. */
    public static final int COUNT = 64;

    /** Stands for no slot; negative. */
    public static final int NONE = -1;

    private static final int MASK = COUNT - 1;

    private static final AtomicLongArray OWNERS = new AtomicLongArray(COUNT);
    private static final AtomicReferenceArray<WeakReference<Thread>> THREADS = new AtomicReferenceArray<>(COUNT);

    private ThreadSlots() {}

    /** Returns the slot that a thread with this id has, if it has one. */
    public static int slotOf(long threadId) {
        return (int) threadId & MASK;
    }

    /** Returns the slot of the calling thread, from 0 to {@link #COUNT} - 1, or {@link #NONE}. */
    public static int mine() {
        Thread self = Thread.currentThread();
        long id = self.getId();
        int slot = slotOf(id);
        return OWNERS.getPlain(slot) == id ? slot : claim(slot, self, id);
    }

    private static int claim(int slot, Thread self, long id) {
        WeakReference<Thread> held = THREADS.get(slot);
        if (isAlive(held) || !mayHaveOne(self)) {
            return NONE;
        }
        if (!THREADS.compareAndSet(slot, held, new WeakReference<>(self))) {
            return NONE;
        }
        OWNERS.set(slot, id);
        return slot;
    }

    private static boolean isAlive(@Nullable WeakReference<Thread> held) {
        Thread owner = held == null ? null : held.get();
        return owner != null && owner.isAlive();
    }

    /** Virtual threads are of classes of java.lang; a subclass of a user's could give itself any id. */
    private static boolean mayHaveOne(Thread thread) {
        Class<?> type = thread.getClass();
        return type == Thread.class || (!type.getName().startsWith("java.lang.") && hasIdOfThread(type));
    }

    private static boolean hasIdOfThread(Class<?> type) {
        try {
            return type.getMethod("getId").getDeclaringClass() == Thread.class;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
