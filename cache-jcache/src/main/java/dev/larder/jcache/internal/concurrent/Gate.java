package dev.larder.jcache.internal.concurrent;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets operations through freely until it is closed, once and for good; whoever closes it knows that none is inside.
 *
 * <p>It is what lets a plain change of an entry go to the store without a lock, in a cache where nobody has ever
 * needed one. Each passer counts itself in and out in one of a few counters. Who closes the gate waits until
 * the counters stand at zero; as a passer counts itself in <em>before</em> it looks whether the gate is closed, none slips by.
 * What happens inside is short and waits for nobody, so neither does the closer for long.
 */
public final class Gate {

    private static final int COUNTERS = 16;

    /** Counters stand in cache lines of their own. */
    private static final int SPREAD = 32;

    private static final int CLOSED = -1;

    private static final long LOOK_AGAIN_NANOS = 1_000;

    private final AtomicIntegerArray inside = new AtomicIntegerArray((COUNTERS + 1) * SPREAD);
    private volatile boolean closed;
    private volatile boolean empty;

    /** Creates a gate that is open, or closed from the start. */
    public Gate(boolean open) {
        closed = !open;
    }

    /**
     * Steps in, if the gate is open.
     *
     * @return a ticket to hand to {@link #leave}, or a negative number if the gate is closed
     */
    public int enter() {
        if (closed) {
            return CLOSED;
        }
        int ticket = (1 + ThreadLocalRandom.current().nextInt(COUNTERS)) * SPREAD;
        inside.getAndIncrement(ticket);
        if (closed) {
            inside.getAndDecrement(ticket);
            return CLOSED;
        }
        return ticket;
    }

    /** Steps out. */
    public void leave(int ticket) {
        inside.getAndDecrement(ticket);
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
        for (int counter = 1; counter <= COUNTERS; counter++) {
            if (inside.get(counter * SPREAD) != 0) {
                return false;
            }
        }
        return true;
    }
}
