package dev.larder.jcache.internal.load;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Something that happens once, and that threads wait for, each as long as it has patience. */
final class Signal {

    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

    /** Whether it has happened; and what tools that look at threads see that they wait for. */
    private final CompletableFuture<@Nullable Void> given = new CompletableFuture<>();

    boolean isGiven() {
        return given.isDone();
    }

    /** Says that it has happened. What this thread did before is seen by those who waited. */
    void give() {
        given.complete(null);
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
            while (!isGiven() && !patience.isOver()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LockSupport.park(given);
            }
            return isGiven();
        } finally {
            waiting.remove(self);
        }
    }
}
