package dev.larder.jcache.internal.concurrent;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * What was left with a key, in order, and the right to deliver it.
 *
 * <p>Each thread takes its turn and delivers what is there, its own messages and those of others, until its own are delivered. A
 * thread that is delivering already never waits for a turn: two receivers that change each other's keys would wait for each
 * other. Nor does one whom the turn's owner waits for, by way of a lock or a load. Their messages are delivered by whoever has the
 * turn.
 */
final class Turn<M> extends Mutex {

    private static final long serialVersionUID = 1L;

    /** How many deliveries a thread is in, of whichever caches. It stays with the thread, and so is of no class of ours. */
    private static final ThreadLocal<int[]> DELIVERING = ThreadLocal.withInitial(() -> new int[1]);

    @SuppressWarnings("serial") // nobody serialises these
    private final Queue<Bulletin<M>> waiting = new ConcurrentLinkedQueue<>();

    /** Makes a turn that is free, or this thread's. */
    Turn(@Nullable Thread owner) {
        super(owner);
    }

    /** Whether this thread is delivering messages, of whichever cache. */
    static boolean isDelivering() {
        return DELIVERING.get()[0] > 0;
    }

    /** Delivers what was left by this thread, whose turn it is, and then throws its failure. */
    static <M> void deliver(Hold<?, M> hold, Receiver<M> receiver) {
        int[] delivering = DELIVERING.get();
        delivering[0]++;
        try {
            hold.deliver(receiver);
        } finally {
            delivering[0]--;
        }
    }

    void enqueue(Bulletin<M> bulletin) {
        waiting.add(bulletin);
    }

    /**
     * Returns when the messages are delivered, or when somebody else is sure to do it and this thread must not wait.
     *
     * @throws RuntimeException what the receiver threw
     */
    void deliver(Bulletin<M> bulletin, Receiver<M> receiver) {
        if (take()) {
            deliverAll(receiver);
        }
        if (bulletin.isDelivered()) {
            bulletin.throwFailure();
        }
    }

    private boolean take() {
        if (isHeldByThisThread()) {
            return false;
        }
        if (tryLock()) {
            return true;
        }
        if (isDelivering() || !WaitGraph.enter(this)) {
            return false;
        }
        try {
            lockInterruptibly();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (tryLock()) {
                // who had the turn saw this thread waiting, and may have left the messages to it
                return true;
            }
            throw new CacheException("interrupted while waiting for a listener; the change itself is done", e);
        } finally {
            WaitGraph.leave();
        }
    }

    /** Delivers what is there, and gives up the turn, which is this thread's. */
    void deliverAll(Receiver<M> receiver) {
        do {
            try {
                deliverWaiting(receiver);
            } finally {
                unlock();
            }
            // messages may have come since from one who could not wait: see that somebody brings them
        } while (!waiting.isEmpty() && !hasQueuedThreads() && tryLock());
    }

    private void deliverWaiting(Receiver<M> receiver) {
        int[] delivering = DELIVERING.get();
        delivering[0]++;
        try {
            for (Bulletin<M> next = waiting.poll(); next != null; next = waiting.poll()) {
                next.deliver(receiver);
            }
        } finally {
            delivering[0]--;
        }
    }
}
