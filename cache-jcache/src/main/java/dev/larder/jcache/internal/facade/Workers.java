package dev.larder.jcache.internal.facade;

import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of a manager: started when there is work, gone a while after, and none is left when the manager is closed.
 *
 * <p>Loads have threads of their own, and so has each asynchronous listener: a loader or listener that hangs stops nobody
 * else.
 */
final class Workers {

    private static final int THREADS = 16;
    private static final int THREADS_OF_LISTENER = 8;
    private static final int THREADS_OF_REPLAY = 4;
    private static final int THREADS_OF_CACHE = 64;
    private static final int WAITING_FOR_THREADS_OF_CACHE = 10_000;
    private static final long KEEP_ALIVE_SECONDS = 5;

    private final WeakReference<ClassLoader> contextLoader;
    private final Set<ThreadPoolExecutor> pools = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lastThread = new AtomicInteger();
    private final ThreadPoolExecutor loads;
    private final ThreadPoolExecutor events;
    private final ThreadPoolExecutor upkeep;
    private final ThreadPoolExecutor makingGood;

    /**
     * Creates the pools without a thread yet.
     *
     * @param contextLoader the class loader that the user's code finds in these threads; held no longer than they live
     */
    Workers(WeakReference<ClassLoader> contextLoader) {
        this.contextLoader = contextLoader;
        WeakReference<ClassLoader> noLoader = new WeakReference<>(null);
        loads = newPool("larder-load-", THREADS, contextLoader);
        events = newPool("larder-event-", THREADS, contextLoader);
        upkeep = newPool("larder-upkeep-", 1, noLoader);
        makingGood = newPool("larder-replay-", THREADS_OF_REPLAY, noLoader);
    }

    /** Runs a load soon, or abandons it if the manager is closed. */
    void load(LoadTask task) {
        try {
            loads.execute(task);
        } catch (RejectedExecutionException e) {
            task.abandon();
        }
    }

    /** Returns what brings synchronous listeners the events that no caller waits for. */
    Executor events() {
        return events;
    }

    /**
     * Returns what keeps stores in order: a thread that runs no code of users, so that none can hold it up, and that knows
     * nothing of their class loader, as it may be busy every second for as long as the manager is there.
     */
    Executor upkeep() {
        return upkeep;
    }

    /** Returns what makes stores good that failed: threads that wait for a store, and so hold up the upkeep of no other. */
    Executor makingGood() {
        return makingGood;
    }

    /** Makes the threads of one asynchronous listener. */
    ExecutorService newListenerThreads() {
        return newPool("larder-listener-", THREADS_OF_LISTENER, contextLoader);
    }

    /** Makes the threads that load for one cache, and refuse what they are too far behind with. */
    ExecutorService newLoadThreads() {
        return newPool("larder-load-", THREADS_OF_CACHE, WAITING_FOR_THREADS_OF_CACHE, contextLoader);
    }

    /** Ends all threads; what they have not begun is not done any more, and what they do is interrupted. */
    void close() {
        pools.forEach(pool -> pool.shutdownNow().forEach(Workers::abandon));
    }

    private static void abandon(Runnable left) {
        if (left instanceof LoadTask task) {
            task.abandon();
        }
    }

    private ThreadPoolExecutor newPool(String prefix, int threads, WeakReference<ClassLoader> loader) {
        return newPool(prefix, threads, Integer.MAX_VALUE, loader);
    }

    private ThreadPoolExecutor newPool(String prefix, int threads, int mostWaiting, WeakReference<ClassLoader> loader) {
        ThreadPoolExecutor pool = new Pool(threads, mostWaiting, task -> newThread(task, prefix, loader));
        pools.add(pool);
        return pool;
    }

    private Thread newThread(Runnable task, String prefix, WeakReference<ClassLoader> loader) {
        Thread thread = new Thread(task, prefix + lastThread.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(loader.get());
        return thread;
    }

    /** Threads that go when there is no work, and an entry in the list of pools that goes with the last of them. */
    private final class Pool extends ThreadPoolExecutor {

        Pool(int threads, int mostWaiting, ThreadFactory factory) {
            super(
                    threads,
                    threads,
                    KEEP_ALIVE_SECONDS,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(mostWaiting),
                    factory);
            allowCoreThreadTimeOut(true);
        }

        @Override
        protected void terminated() {
            pools.remove(this);
        }
    }
}
