package dev.larder.jcache.internal.load;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import javax.cache.integration.CacheLoaderException;

/** The threads that load for one cache what its callers do not load themselves. A loader that hangs holds up no other cache. */
public final class LoadThreads implements AutoCloseable {

    private final String cacheName;
    private final ExecutorService threads;

    /** Creates it over threads that are its own, and that it ends. */
    public LoadThreads(String cacheName, ExecutorService threads) {
        this.cacheName = cacheName;
        this.threads = threads;
    }

    /** Lets a thread do a load, or abandons it if too many wait already. */
    void start(HandedLoad load) {
        try {
            threads.execute(load);
        } catch (RejectedExecutionException e) {
            load.abandon(refusal(e));
        }
    }

    private CacheLoaderException refusal(RejectedExecutionException cause) {
        return new CacheLoaderException(
                "cache \"" + cacheName + "\": "
                        + (isClosed()
                                ? "it is closed"
                                : "too many loads wait for a thread already; this one was not begun"),
                cause);
    }

    boolean isClosed() {
        return threads.isShutdown();
    }

    /** Interrupts the loads that are under way, and abandons the others. */
    @Override
    public void close() {
        for (Runnable left : threads.shutdownNow()) {
            if (left instanceof HandedLoad load) {
                load.abandon(new CacheLoaderException("cache \"" + cacheName + "\" was closed before this load began"));
            }
        }
    }
}
