package dev.larder.redis.internal.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The keys that were written in an epoch of which it is not known whether it was over by then. If it was, another JVM may have put older values
 * at these keys in the new epoch, and nobody here must read them after what was written. Safe for use by many threads.
 */
final class RecentWrites {

    private static final int MOST = 20_000;

    /** Keys that the question under way does not cover, and those that it does. */
    private volatile Batch uncovered = new Batch();

    private volatile Batch covered = new Batch();

    private static final class Batch {

        private final Queue<byte[]> keys = new ConcurrentLinkedQueue<>();
        private final AtomicInteger size = new AtomicInteger();

        void add(byte[] key) {
            if (size.incrementAndGet() <= MOST) {
                keys.add(key);
            }
        }
    }

    /** Notes a key that has been written. */
    void note(byte[] key) {
        uncovered.add(key);
    }

    /** A question is about to be asked: what is noted from now on is not covered by its answer. */
    synchronized void asked() {
        Batch before = covered;
        covered = uncovered;
        uncovered = new Batch();
        // the answer before did not come, so what it was to cover still waits
        before.keys.forEach(covered::add);
        if (before.size.get() > MOST) {
            covered.size.set(MOST + 1);
        }
    }

    /** The epoch was not over when the question was answered. */
    synchronized void confirmed() {
        covered = new Batch();
    }

    /** Forgets all keys: none is in the way any more. */
    synchronized void forget() {
        covered = new Batch();
        uncovered = new Batch();
    }

    /** Returns the keys, which stay noted, or null if there are too many to tell. */
    synchronized @Nullable List<byte[]> keys() {
        if (covered.size.get() > MOST || uncovered.size.get() > MOST) {
            return null;
        }
        List<byte[]> keys = new ArrayList<>(covered.keys);
        keys.addAll(uncovered.keys);
        return keys;
    }
}
