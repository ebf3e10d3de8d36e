package dev.larder.annotations.internal.load;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Waits for loads of others, but never in a circle: a method that needs the result of another whose caller waits for this thread would wait for ever.
 *
 * <p>Each thread says whom it waits for before it looks whom that one waits for. So of those who close a circle at the same time, one at least sees it.
 */
public final class Waiting {

    private static final ConcurrentMap<Thread, Load> WAITING = new ConcurrentHashMap<>();

    private Waiting() {}

    /**
     * Waits until a load has returned.
     *
     * @return false if it has not, because that would be for ever, or this thread was interrupted, which it still is then
     */
    public static boolean await(Load load) {
        if (load.hasReturned()) {
            return true;
        }
        Thread self = Thread.currentThread();
        WAITING.put(self, load);
        try {
            if (waitsFor(load, self)) {
                return false;
            }
            load.await();
            return true;
        } catch (InterruptedException e) {
            self.interrupt();
            return false;
        } finally {
            WAITING.remove(self);
        }
    }

    private static boolean waitsFor(Load load, Thread self) {
        Set<Thread> seen = new HashSet<>();
        Load next = load;
        while (next != null && !next.hasReturned() && seen.add(next.caller())) {
            if (next.caller() == self) {
                return true;
            }
            next = WAITING.get(next.caller());
        }
        return false;
    }
}
