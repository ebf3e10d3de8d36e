package dev.larder.jcache.internal.load;

import dev.larder.jcache.Loaded;
import dev.larder.jcache.internal.concurrent.WaitGraph;
import dev.larder.store.Lease;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/** One load under way: a thread that does it, and others who wait for what it brings. */
final class Flight<V> implements WaitGraph.Owned {

    private final Thread loader = Thread.currentThread();
    private final CountDownLatch landed = new CountDownLatch(1);

    /** Written before the latch opens, read after. */
    private @Nullable Loaded<V> loaded;

    private @Nullable Throwable failure;

    private @Nullable Lease lease;

    @Override
    public @Nullable Thread owner() {
        return hasLanded() ? null : loader;
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

    /** Returns what was loaded, or null for nothing; to be asked after the flight has landed. */
    @Nullable
    Loaded<V> loaded() {
        return loaded;
    }

    /** Ends the load with a value, or with null for none. */
    void land(@Nullable Loaded<V> newLoaded) {
        loaded = newLoaded;
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
    Loaded<V> await(LoaderErrors errors, Object key) {
        return await(errors, key, () -> {
            throw errors.recursive(key);
        });
    }

    /**
     * Waits for what the load brings.
     *
     * @param instead what is done if the load would wait for this thread
     * @throws CacheLoaderException if the load failed
     */
    @Nullable
    Loaded<V> await(LoaderErrors errors, Object key, Supplier<@Nullable Loaded<V>> instead) {
        if (!hasLanded() && !join(errors, key)) {
            return instead.get();
        }
        if (failure != null) {
            throw errors.failed(failure);
        }
        return loaded;
    }

    /** Waits until it has landed; returns false, without waiting, if it would wait for this thread. */
    private boolean join(LoaderErrors errors, Object key) {
        if (!WaitGraph.enter(this)) {
            return false;
        }
        // the load that this thread does, if it does one, rests meanwhile
        Turns.lend();
        try {
            landed.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheLoaderException(errors.prefix() + "interrupted while waiting for the load of key " + key, e);
        } finally {
            Turns.takeBack();
            WaitGraph.leave();
        }
    }
}
