package dev.larder.jcache.internal.concurrent;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets operations through freely until it is closed, once and for good; whoever closes it knows that none is inside.
 *
 * <p>It is what lets a plain change of an entry go to the store without a lock, in a cache where nobody has ever
 * needed one. Each passer counts itself in and out. Who closes the gate waits until
 * the counters stand at zero; as a passer counts itself in <em>before</em> it looks whether the gate is closed, none slips by.
 * What happens inside is short and waits for nobody, so neither does the closer for long.
 *
 * <p>A thread that has one of the {@link ThreadSlots} has a counter to itself: it steps in with one atomic write, and out with an
 * ordered one. All others share a counter.
 */
public final class Gate {

    /** Counters stand in cache lines of their own, of which processors fetch two at a time. */
    private static final int SPREAD = 16;

    private static final int SHARED = ThreadSlots.COUNT * SPREAD;

    /** No ticket: the gate is closed. Negative. */
    public static final int CLOSED = -1;

    private static final long LOOK_AGAIN_NANOS = 1_000;

    private final AtomicLongArray inside = new AtomicLongArray(SHARED + SPREAD);
    private volatile boolean closed;
    private volatile boolean empty;

    /** Creates a gate that is open, or closed from the start. */
    public Gate(boolean open) {
        closed = !open;
    }

    /**
     * Steps in, if the gate is open.
     *
     * @return a ticket for this thread to hand to {@link #leave}, or {@link #CLOSED}
     */
    public int enter() {
        if (closed) {
            return CLOSED;
        }
        int slot = ThreadSlots.mine();
        int ticket = slot == ThreadSlots.NONE ? enterShared() : enterOwn(slot * SPREAD);
        if (closed) {
            leave(ticket);
            return CLOSED;
        }
        return ticket;
    }

    private int enterShared() {
        inside.getAndIncrement(SHARED);
        return SHARED;
    }

    private int enterOwn(int counter) {
        inside.set(counter, inside.getPlain(counter) + 1);
        return counter;
    }

    /** Steps out; called by the thread that stepped in. */
    public void leave(int ticket) {
        if (ticket == SHARED) {
            inside.getAndDecrement(SHARED);
        } else {
            inside.setRelease(ticket, inside.getPlain(ticket) - 1);
        }
    }

    /** Closes the gate, and returns when nobody is inside any more. */
    public void close() {
        if (empty) {
            return;
        }
        closed = true;
        while (!isEmpty()) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        empty = true;
    }

    private boolean isEmpty() {
        for (int counter = 0; counter <= SHARED; counter += SPREAD) {
            if (inside.get(counter) != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns when all who are inside now have left, whoever has come since. So what was written before this call is known to all
     * who are inside afterwards.
     */
    public void awaitPassers() {
        for (int counter = 0; counter <= SHARED; counter += SPREAD) {
            while (inside.get(counter) != 0) {
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
        }
    }
}
