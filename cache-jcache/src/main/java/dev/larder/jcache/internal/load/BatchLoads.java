package dev.larder.jcache.internal.load;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that load a batch of keys for others, who did not choose to be in one with each other.
 *
 * <p>The loader may ask for a key that is in the batch itself, or that waits for the batch: a child for its parent. Loaded one by
 * one, the one would have waited for the other; in a batch it would wait for itself. So such a key is loaded on the spot, besides.
 */
final class BatchLoads {

    /** What each thread that loads a batch loads besides just now. */
    private static final ConcurrentHashMap<Thread, Set<Object>> BESIDES = new ConcurrentHashMap<>();

    private BatchLoads() {}

    /** Whether this thread loads a batch. */
    static boolean isOnThisThread() {
        return BESIDES.containsKey(Thread.currentThread());
    }

    /** Loads a batch on this thread, which does not load one yet. */
    static <R> R run(Supplier<R> load) {
        Thread self = Thread.currentThread();
        BESIDES.put(self, new HashSet<>());
        try {
            return load.get();
        } finally {
            BESIDES.remove(self);
        }
    }

    /**
     * Loads something besides.
     *
     * @param what what is loaded; it must not need itself
     * @param refusal what is thrown if it does, or if this thread loads no batch
     */
    static <R extends @Nullable Object> R besides(
            Object what, Supplier<R> load, Supplier<? extends RuntimeException> refusal) {
        Set<Object> besides = BESIDES.get(Thread.currentThread());
        if (besides == null || !besides.add(what)) {
            throw refusal.get();
        }
        try {
            return load.get();
        } finally {
            besides.remove(what);
        }
    }
}
