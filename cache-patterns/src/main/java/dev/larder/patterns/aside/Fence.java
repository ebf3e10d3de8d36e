package dev.larder.patterns.aside;

import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps values from being stored until it is closed; see {@link CacheAside#fence}. */
public final class Fence implements AutoCloseable {

    private final Runnable removal;
    private final AtomicBoolean closed = new AtomicBoolean();

    Fence(Runnable removal) {
        this.removal = removal;
    }

    /**
     * Drops what is there once more, and lets values be stored again. Does nothing the second time.
     *
     * @throws javax.cache.CacheException if the cache could neither do that nor remove the keys
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            removal.run();
        }
    }
}
