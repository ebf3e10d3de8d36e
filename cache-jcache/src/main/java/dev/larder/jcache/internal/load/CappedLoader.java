package dev.larder.jcache.internal.load;

import dev.larder.jcache.Loaded;
import dev.larder.jcache.LoaderWithMetadata;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * Lets only so many loads run at once while the store of a cache fails. Then every read is a load, and what the cache has kept from
 * the source would come over it all at once.
 *
 * <p>A load waits for its turn, for so long and no longer. One that a load asks for, on its thread, goes with that one.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class CappedLoader<K, V> implements LoaderWithMetadata<K, V> {

    /** As many as the connections that a pool for one application commonly has, so that a source that bore it before does now. */
    private static final int MOST_AT_ONCE = 16;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final String cacheName;
    private final LoaderCalls<K, V> calls;
    private final BooleanSupplier isCapped;
    private final int mostAtOnce;
    private final Duration longestWait;
    private final Semaphore turns;
    private final Set<Thread> loading = ConcurrentHashMap.newKeySet();

    CappedLoader(
            String cacheName,
            CacheLoader<K, V> loader,
            BooleanSupplier isCapped,
            int mostAtOnce,
            Duration longestWait) {
        this.cacheName = cacheName;
        this.calls = new LoaderCalls<>(loader);
        this.isCapped = isCapped;
        this.mostAtOnce = mostAtOnce;
        this.longestWait = longestWait;
        this.turns = new Semaphore(mostAtOnce, true);
    }

    /**
     * Returns a loader that calls another.
     *
     * @param isCapped whether the store fails now
     */
    public static <K, V> CacheLoader<K, V> of(String cacheName, CacheLoader<K, V> loader, BooleanSupplier isCapped) {
        return new CappedLoader<>(cacheName, loader, isCapped, MOST_AT_ONCE, LONGEST_WAIT);
    }

    /** Returns the name of the class that a user wrote. */
    static String nameOf(CacheLoader<?, ?> loader) {
        CacheLoader<?, ?> written = loader instanceof CappedLoader<?, ?> capped ? capped.calls.loader() : loader;
        return written.getClass().getName();
    }

    @Override
    public @Nullable Loaded<V> loadWithMetadata(K key) {
        return this.<@Nullable Loaded<V>>inTurn(() -> calls.load(key));
    }

    @Override
    @SuppressWarnings("NullAway") // null is passed on, for whoever called to say whose fault it is
    public Map<K, Loaded<V>> loadAllWithMetadata(Iterable<? extends K> keys) {
        return this.<@Nullable Map<K, Loaded<V>>>inTurn(() -> calls.loadAll(keys));
    }

    private <R extends @Nullable Object> R inTurn(Supplier<R> load) {
        if (!isCapped.getAsBoolean() || loading.contains(Thread.currentThread())) {
            return load.get();
        }
        awaitTurn();
        loading.add(Thread.currentThread());
        try {
            return load.get();
        } finally {
            loading.remove(Thread.currentThread());
            turns.release();
        }
    }

    private void awaitTurn() {
        try {
            if (turns.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheLoaderException(
                    "cache \"" + cacheName + "\": interrupted while a load waited for its turn", e);
        }
        throw new CacheLoaderException("cache \"" + cacheName + "\": its store fails, so only " + mostAtOnce
                + " loads run at once, and none ended within " + longestWait
                + "; the source is spared this one");
    }
}
