package dev.larder.jcache.internal.load;

import dev.larder.jcache.Loaded;
import dev.larder.jcache.internal.concurrent.WaitGraph;
import dev.larder.store.Lease;
import java.util.function.Supplier;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/** One load under way: a thread that does it, and others who wait for what it brings. */
final class Flight<V> implements WaitGraph.Owned {

    /** Null until the load begins. Who waits already when it does is found by whoever the loader then waits for. */
    private volatile @Nullable Thread loader;

    private boolean goesAlone;

    private final Signal landed = new Signal();

    /** Whether somebody has waited for it in vain. */
    private volatile boolean isLate;

    /** Written before the landing is told, read after. */
    private @Nullable Loaded<V> loaded;

    private @Nullable Throwable failure;

    /** Seen also by who comes after it was overtaken, which is while it flies. */
    private volatile @Nullable Lease lease;

    @Override
    public @Nullable Thread owner() {
        return hasLanded() ? null : loader;
    }

    /** Notes, before the load begins, that who wants it has its key locked. */
    void goAlone() {
        goesAlone = true;
    }

    boolean goesAlone() {
        return goesAlone;
    }

    /** Notes that this thread does the load. */
    void board() {
        loader = Thread.currentThread();
    }

    boolean hasLanded() {
        return landed.isGiven();
    }

    /** Notes that somebody has waited for it in vain, so that whoever can do without it need not wait at all. */
    void delay() {
        isLate = true;
    }

    boolean isLate() {
        return isLate;
    }

    /** Notes the right to store what will be loaded. */
    void hold(@Nullable Lease newLease) {
        lease = newLease;
    }

    /** Returns the right to store what is loaded, or null if there is none or it is not known yet. */
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
        landed.give();
    }

    /** Ends the load with what it failed with, unless it has landed. */
    void crash(Throwable cause) {
        if (!hasLanded()) {
            failure = cause;
            landed.give();
        }
    }

    /**
     * Waits for what the load brings.
     *
     * @throws CacheLoaderException if the load failed, would wait for this thread, or goes on for longer than there is patience
     */
    @Nullable
    Loaded<V> await(Patience patience, LoaderErrors errors, Object key) {
        return await(patience, errors, key, () -> {
            throw errors.recursive(key);
        });
    }

    /**
     * Waits for what the load brings.
     *
     * @param instead what is done if the load would wait for this thread
     * @throws CacheLoaderException if the load failed, or goes on for longer than there is patience
     */
    @Nullable
    Loaded<V> await(Patience patience, LoaderErrors errors, Object key, Supplier<@Nullable Loaded<V>> instead) {
        if (!hasLanded()) {
            switch (patience.await(landed, this, errors, key)) {
                case HAPPENED -> {}
                case WAITS_FOR_US -> {
                    return instead.get();
                }
                case TOO_LATE -> {
                    delay();
                    throw patience.end(errors, key);
                }
            }
        }
        if (failure != null) {
            throw errors.failed(failure);
        }
        return loaded;
    }
}
