package dev.larder.jcache.internal.facade;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a manager: started when there is work, gone a while after, and none is left when the manager is closed.
 *
 * <p>Loads and events have threads of their own, so that loaders that hang do not silence the listeners.
 */
final class Workers {

    private static final int THREADS = 16;
    private static final long KEEP_ALIVE_SECONDS = 5;

    private final ThreadPoolExecutor loads;
    private final ThreadPoolExecutor events;

    /**
     * Creates the pools without a thread yet.
     *
     * @param contextLoader the class loader that the user's code finds in these threads; held no longer than they live
     */
    Workers(Supplier<@Nullable ClassLoader> contextLoader) {
        loads = pool("larder-load-", contextLoader);
        events = pool("larder-event-", contextLoader);
    }

    /** Runs a load soon, or abandons it if the manager is closed. */
    void load(LoadTask task) {
        try {
            loads.execute(task);
        } catch (RejectedExecutionException e) {
            task.abandon();
        }
    }

    /** Returns what runs asynchronous listeners, and others when nobody waits for them. */
    Executor events() {
        return events;
    }

    /** Ends all threads; what they have not begun is not done any more, and what they do is interrupted. */
    void close() {
        events.shutdownNow();
        for (Runnable left : loads.shutdownNow()) {
            if (left instanceof LoadTask task) {
                task.abandon();
            }
        }
    }

    private static ThreadPoolExecutor pool(String prefix, Supplier<@Nullable ClassLoader> contextLoader) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, prefix + number.incrementAndGet());
                    thread.setDaemon(true);
                    thread.setContextClassLoader(contextLoader.get());
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
