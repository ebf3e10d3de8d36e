package dev.larder.jcache.internal.load;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Something that happens once, and that threads wait for, each as long as it has patience. */
final class Signal {

    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean given;

    boolean isGiven() {
        return given;
    }

    /** Says that it has happened. What this thread did before is seen by those who waited. */
    void give() {
        given = true;
        for (Thread thread : waiting) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits, and returns whether it has happened. */
    boolean await(Patience patience) throws InterruptedException {
        Thread self = Thread.currentThread();
        // before the first look: whoever gives the signal after that look finds this thread
        waiting.add(self);
        try {
            while (!given && !patience.isOver()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LockSupport.park(this);
            }
            return given;
        } finally {
            waiting.remove(self);
        }
    }
}
