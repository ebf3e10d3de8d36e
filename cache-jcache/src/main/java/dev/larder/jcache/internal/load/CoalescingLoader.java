package dev.larder.jcache.internal.load;

import dev.larder.jcache.Loaded;
import dev.larder.jcache.LoaderWithMetadata;
import dev.larder.time.Timer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the single loads of a short time, and has them loaded by one call of {@code loadAll}.
 *
 * <p>A load waits until the time is over that the first of its {@link Batch} has opened, or until the batch is full; then one of those
 * who wait calls the loader, on its thread, and the others wait for that. Who is interrupted leaves, and takes nothing from
 * the others. A load that the loader asks for on that thread is not gathered, as the batch would wait for itself.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class CoalescingLoader<K, V> implements LoaderWithMetadata<K, V>, DecoratedLoader {

    private final LoaderErrors errors;
    private final LoaderCalls<K, V> loader;
    private final Duration window;
    private final int mostKeys;
    private final Timer timer;
    private final UnaryOperator<K> copyKey;
    private @Nullable Batch<K, V> gathering;

    /**
     * Creates it for the loader of a cache.
     *
     * @param window how long a load waits for others to come
     * @param mostKeys how many keys are loaded together at most, two or more
     * @param timer tells when the time is over
     * @param copyKey makes a key the loader's own
     */
    public CoalescingLoader(
            String cacheName,
            CacheLoader<K, V> loader,
            Duration window,
            int mostKeys,
            Timer timer,
            UnaryOperator<K> copyKey) {
        this.errors = LoaderErrors.of(cacheName, loader);
        this.loader = new LoaderCalls<>(loader);
        this.window = window;
        this.mostKeys = mostKeys;
        this.timer = timer;
        this.copyKey = copyKey;
    }

    @Override
    public CacheLoader<K, V> decorated() {
        return loader.loader();
    }

    @Override
    public @Nullable Loaded<V> loadWithMetadata(K key) {
        if (BatchLoads.isOnThisThread()) {
            return loader.load(key);
        }
        Batch<K, V> batch = join(key);
        awaitComplete(batch, key);
        return loadWith(batch, key);
    }

    /** Loads a value without waiting for others. */
    @Nullable
    Loaded<V> loadAlone(K key) {
        return loader.load(key);
    }

    @Override
    @SuppressWarnings("NullAway") // null is passed on, for whoever called to say whose fault it is
    public Map<K, Loaded<V>> loadAllWithMetadata(Iterable<? extends K> keys) {
        return loader.loadAll(keys);
    }

    private synchronized Batch<K, V> join(K key) {
        Batch<K, V> batch = gathering == null ? open() : gathering;
        if (batch.add(key) >= mostKeys) {
            complete(batch);
        }
        return batch;
    }

    private Batch<K, V> open() {
        Batch<K, V> batch = new Batch<>();
        // first the end of it: whoever joins must not wait for ever
        timer.runAfter(window.toMillis(), () -> complete(batch), Runnable::run);
        gathering = batch;
        return batch;
    }

    @SuppressWarnings("ReferenceEquality") // this very batch, and not one that gathers the same keys
    private synchronized void complete(Batch<K, V> batch) {
        if (gathering == batch) {
            gathering = null;
        }
        batch.complete();
    }

    private void awaitComplete(Batch<K, V> batch, K key) {
        try {
            batch.awaitComplete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheLoaderException(
                    errors.prefix() + "interrupted while the load of key " + key + " waited for others to go with it",
                    e);
        }
    }

    private @Nullable Loaded<V> loadWith(Batch<K, V> batch, K key) {
        Flight<Map<K, Loaded<V>>> own = new Flight<>();
        own.board();
        Flight<Map<K, Loaded<V>>> others = batch.takeOff(own);
        // if who loads the batch waits for this thread, it does so for another key: this one is loaded here
        Loaded<Map<K, Loaded<V>>> loaded = others == null
                ? fly(own, batch.keys())
                : others.await(Patience.endless(), errors, key, () -> Loaded.of(loadOne(key)));
        return loaded == null ? null : loaded.value().get(key);
    }

    private Loaded<Map<K, Loaded<V>>> fly(Flight<Map<K, Loaded<V>>> own, Set<K> keys) {
        try {
            Loaded<Map<K, Loaded<V>>> loaded = Loaded.of(BatchLoads.run(() -> load(keys)));
            own.land(loaded);
            return loaded;
        } catch (Throwable e) {
            own.crash(e);
            throw errors.rethrown(e);
        }
    }

    /** What the loader gets it may change or empty, and its map need not bear those who wait, all at once. */
    private Map<K, Loaded<V>> load(Set<K> keys) {
        if (keys.size() == 1) {
            return loadOne(keys.iterator().next());
        }
        Set<K> copies = new LinkedHashSet<>();
        keys.forEach(key -> copies.add(copyKey.apply(key)));
        Map<K, Loaded<V>> loaded = loader.loadAll(copies);
        if (loaded == null) {
            throw errors.nullMap();
        }
        return LoaderCalls.pick(keys, loaded);
    }

    private Map<K, Loaded<V>> loadOne(K key) {
        Loaded<V> loaded = loader.load(copyKey.apply(key));
        return loaded == null ? Map.of() : Map.of(key, loaded);
    }
}
