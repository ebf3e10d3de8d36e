package dev.larder.jcache.internal.load;

import dev.larder.jcache.internal.concurrent.WaitGraph;
import dev.larder.store.Lease;
import java.util.concurrent.CountDownLatch;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/** One load under way: a thread that does it, and others who wait for what it brings. */
final class Flight<V> implements WaitGraph.Owned {

    /** Null until the load begins. Who waits already when it does is found by whoever the loader then waits for. */
    private volatile @Nullable Thread loader;

    private final CountDownLatch landed = new CountDownLatch(1);

    /** Written before the latch opens, read after. */
    private @Nullable V value;

    private @Nullable Throwable failure;

    private @Nullable Lease lease;

    @Override
    public @Nullable Thread owner() {
        return hasLanded() ? null : loader;
    }

    /** Notes that this thread does the load. */
    void board() {
        loader = Thread.currentThread();
    }

    boolean hasLanded() {
        return landed.getCount() == 0;
    }

    /** Notes the right to store what will be loaded. */
    void hold(@Nullable Lease newLease) {
        lease = newLease;
    }

    /** Returns the right to store what was loaded, if there is one; to be asked after the flight has landed. */
    @Nullable
    Lease lease() {
        return lease;
    }

    /** Ends the load with a value, or with null for none. */
    void land(@Nullable V loaded) {
        value = loaded;
        landed.countDown();
    }

    /** Ends the load with what it failed with, unless it has landed. */
    void crash(Throwable cause) {
        if (!hasLanded()) {
            failure = cause;
            landed.countDown();
        }
    }

    /**
     * Waits for what the load brings.
     *
     * @throws CacheLoaderException if the load failed, or would wait for this thread
     */
    @Nullable
    V await(LoaderErrors errors, Object key) {
        if (!hasLanded()) {
            join(errors, key);
        }
        if (failure != null) {
            throw errors.failed(failure);
        }
        return value;
    }

    private void join(LoaderErrors errors, Object key) {
        if (!WaitGraph.enter(this)) {
            throw errors.recursive(key);
        }
        try {
            landed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheException(errors.prefix() + "interrupted while waiting for the load of key " + key, e);
        } finally {
            WaitGraph.leave();
        }
    }
}
