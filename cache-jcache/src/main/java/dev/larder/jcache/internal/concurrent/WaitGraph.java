package dev.larder.jcache.internal.concurrent;

import java.util.ArrayList;
import java.util.List;
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
 *
 * <p>The others do not stand still while the chain is followed: who owned a thing a moment ago may now wait, without it,
 * for what this thread owns. So a chain that leads back is looked at again, from its end. Who waits for what this thread
 * owns does not move; so what it still owns, it keeps; so who waits for that does not move either.
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

    /** A thing, and the thread that was seen to own it. */
    private record Link(Owned thing, Thread owner) {}

    private static boolean leadsTo(Thread self, Owned wanted) {
        List<Link> chain = new ArrayList<>();
        Owned next = wanted;
        while (next != null && chain.size() < LONGEST_CHAIN) {
            Thread owner = next.owner();
            if (owner == null) {
                return false;
            }
            chain.add(new Link(next, owner));
            if (owner == self) {
                return stillHolds(chain);
            }
            next = WAITING.get(owner);
        }
        return false;
    }

    private static boolean stillHolds(List<Link> chain) {
        Owned awaited = null;
        for (int i = chain.size() - 1; i >= 0; i--) {
            Link link = chain.get(i);
            if (awaited != null && WAITING.get(link.owner()) != awaited) {
                return false;
            }
            if (link.thing().owner() != link.owner()) {
                return false;
            }
            awaited = link.thing();
        }
        return true;
    }
}
