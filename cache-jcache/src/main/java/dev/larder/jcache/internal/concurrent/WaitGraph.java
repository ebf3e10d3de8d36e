package dev.larder.jcache.internal.concurrent;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for what in this JVM, so that a circle of waiting threads is an error and not a deadlock.
 *
 * <p>User code runs while its thread owns something (a processor the lock of its key, a loader the load), and may ask
 * for something that another thread owns. Whoever is about to wait enters itself first and then follows the chain: what
 * it waits for, that one's owner, what that owner waits for. A circle is always closed by somebody beginning to wait, never
 * by somebody getting what it waited for; so the thread that closes it sees it. One graph serves all caches, because
 * circles do not keep to one.
 */
public final class WaitGraph {

    /** A chain this long is taken for endless: a circle of others, who are about to notice. */
    private static final int LONGEST_CHAIN = 10_000;

    private static final ConcurrentHashMap<Thread, Owned> WAITING = new ConcurrentHashMap<>();

    private WaitGraph() {}

    /** Something a thread owns for a while, and others wait for. */
    public interface Owned {

        /** Returns the thread that owns it now, or null if none does. */
        @Nullable
        Thread owner();
    }

    /**
     * Notes that this thread is about to wait; {@link #leave} must follow if it may.
     *
     * @return whether it may wait; if not, it would wait for itself
     */
    public static boolean enter(Owned wanted) {
        Thread self = Thread.currentThread();
        WAITING.put(self, wanted);
        if (leadsTo(self, wanted)) {
            WAITING.remove(self);
            return false;
        }
        return true;
    }

    /** Notes that this thread waits no longer. */
    public static void leave() {
        WAITING.remove(Thread.currentThread());
    }

    private static boolean leadsTo(Thread self, Owned wanted) {
        Owned next = wanted;
        for (int length = 0; next != null && length < LONGEST_CHAIN; length++) {
            Thread owner = next.owner();
            if (owner == self) {
                return true;
            }
            next = owner == null ? null : WAITING.get(owner);
        }
        return false;
    }
}
