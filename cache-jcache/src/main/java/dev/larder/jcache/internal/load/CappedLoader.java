package dev.larder.jcache.internal.load;

import dev.larder.jcache.Loaded;
import dev.larder.jcache.LoaderWithMetadata;
import dev.larder.time.Timer;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * Lets only so many loads run at once: always, if a user set that; and while the store of a cache fails, when every read is a load,
 * and what the cache has kept from the source would come over it all at once.
 *
 * <p>A load waits for its turn, for so long and no longer. One that a load asks for, on its thread, goes with that one.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class CappedLoader<K, V> implements LoaderWithMetadata<K, V>, DecoratedLoader {

    private final String cacheName;
    private final LoaderCalls<K, V> calls;
    private final LoadCap cap;
    private final BooleanSupplier isCapped;
    private final Turns turns;

    CappedLoader(String cacheName, CacheLoader<K, V> loader, LoadCap cap, Timer timer, BooleanSupplier isCapped) {
        this.cacheName = cacheName;
        this.calls = new LoaderCalls<>(loader);
        this.cap = cap;
        this.isCapped = isCapped;
        this.turns = new Turns(cap.mostAtOnce(), cap.mostWaiting(), timer);
    }

    /**
     * Returns a loader that calls another, so often at once and no more.
     *
     * @param timer tells when a load has waited for long enough
     */
    public static <K, V> CacheLoader<K, V> of(String cacheName, CacheLoader<K, V> loader, LoadCap cap, Timer timer) {
        return new CappedLoader<>(cacheName, loader, cap, timer, () -> true);
    }

    /**
     * Returns a loader that calls another, and spares its source while the store of the cache fails.
     *
     * @param timer tells when a load has waited for long enough
     * @param storeFails whether it fails now
     */
    public static <K, V> CacheLoader<K, V> whileStoreFails(
            String cacheName, CacheLoader<K, V> loader, Timer timer, BooleanSupplier storeFails) {
        return new CappedLoader<>(cacheName, loader, LoadCap.ofFailingStore(), timer, storeFails);
    }

    @Override
    public CacheLoader<K, V> decorated() {
        return calls.loader();
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
        if (!isCapped.getAsBoolean() || turns.isHeldByThisThread()) {
            return load.get();
        }
        awaitTurn();
        try {
            return load.get();
        } finally {
            turns.giveBack();
        }
    }

    private void awaitTurn() {
        try {
            switch (turns.take(cap.longestWait())) {
                case TAKEN -> {}
                case TOO_MANY_WAIT -> throw refusal(cap.tooManyWait());
                case WAITED_IN_VAIN -> throw refusal(cap.waitedInVain());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheLoaderException(
                    "cache \"" + cacheName + "\": interrupted while a load waited for its turn", e);
        }
    }

    private CacheLoaderException refusal(String why) {
        return new CacheLoaderException("cache \"" + cacheName + "\": " + why);
    }
}
