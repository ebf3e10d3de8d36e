package dev.larder.patterns.aside;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/** A load under way, for which others may wait. */
final class Flight<V> {

    private final Thread loading = Thread.currentThread();
    private final CompletableFuture<@Nullable V> landed = new CompletableFuture<>();

    void land(@Nullable V value) {
        landed.complete(value);
    }

    /** Ends with what the load ended with; nothing happens if it has landed. */
    void fail(Throwable failure) {
        landed.completeExceptionally(failure);
    }

    /** Waits for the value. */
    @Nullable
    V await() {
        if (loading == Thread.currentThread() && !landed.isDone()) {
            throw new CacheLoaderException(
                    "a loader asked for the key that it was loading; a load must not need itself");
        }
        try {
            return landed.get();
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheException("interrupted while another thread loaded the value", e);
        }
    }

    private static RuntimeException rethrown(@Nullable Throwable failure) {
        return failure instanceof CacheLoaderException already
                ? already
                : new CacheLoaderException("the load that this waited for failed", failure);
    }
}
