package dev.larder.jcache.internal.load;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/** The threads that load for one cache what its callers do not load themselves. A loader that hangs holds up no other cache. */
public final class LoadThreads implements AutoCloseable {

    private final String cacheName;
    private final ExecutorService threads;
    private final Set<Thread> loading = ConcurrentHashMap.newKeySet();

    /** Creates it over threads that are its own, and that it ends. */
    public LoadThreads(String cacheName, ExecutorService threads) {
        this.cacheName = cacheName;
        this.threads = threads;
    }

    /** Whether the calling thread does a load for this cache. */
    boolean areWhereWeAre() {
        return loading.contains(Thread.currentThread());
    }

    /**
     * Lets a thread do a load, or abandons it if too many wait already.
     *
     * @param onAbandoned told if it will not be done
     */
    <R extends @Nullable Object> HandedLoad<R> hand(Supplier<R> load, Consumer<Throwable> onAbandoned) {
        HandedLoad<R> handed = new HandedLoad<>(load, onAbandoned, loading);
        try {
            threads.execute(handed);
        } catch (RejectedExecutionException e) {
            handed.abandon(refusal(e));
        }
        return handed;
    }

    private CacheLoaderException refusal(RejectedExecutionException cause) {
        String reason =
                isClosed() ? "it is closed" : "too many loads wait for a thread already, so this one was not begun";
        return new CacheLoaderException("cache \"" + cacheName + "\": " + reason, cause);
    }

    boolean isClosed() {
        return threads.isShutdown();
    }

    /** Interrupts the loads that are under way, and abandons the others. */
    @Override
    public void close() {
        for (Runnable left : threads.shutdownNow()) {
            if (left instanceof HandedLoad<?> load) {
                load.abandon(new CacheLoaderException("cache \"" + cacheName + "\" was closed before this load began"));
            }
        }
    }
}
