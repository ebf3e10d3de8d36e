package dev.larder.jcache.internal.load;

import dev.larder.jcache.Loaded;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.Store;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * Loads missing values, one load per key however many threads miss it.
 *
 * <p>The first thread to miss a key makes a {@link Flight} and calls the loader, holding nothing that others could need;
 * those who come meanwhile wait for the flight. A {@link Lease} from the store guards what was loaded: if a put, remove or
 * clear came in between, the value is handed to those who waited and is not stored. Such a change also takes the flight off
 * the table ({@link #overtake}), so that whoever asks <em>after</em> the change gets a load that began after it.
 *
 * <p>Of several JVMs over one store, one has the lease of an absent key; the others wait for the entry, for a while ({@link LoadsElsewhere}).
 * That goes for single keys: a load of many, or for an entry processor, does not begin by waiting for another JVM.
 *
 * <p>A flight lands before its value is stored, so that an entry processor that waits for it under its key's lock cannot
 * block the storing it waits for; and it stays on the table until the value is stored, so that in between nobody loads
 * again.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class Loading<K, V> {

    private final LoaderCalls<K, V> loader;
    private final UnaryOperator<K> copyKey;
    private final LoaderErrors errors;
    private final @Nullable LoadMemory<K> memory;
    private final @Nullable TimedLoads timed;
    private final @Nullable EarlyRefresh early;
    private final Flights<K, V> flights = new Flights<>();
    private final Landing<K, V> landing;

    /** What becomes of an entry when its value was loaded. */
    @FunctionalInterface
    public interface Fill<K, V> {

        /** Stores a loaded value if the lease still stands, and tells of it. */
        void fill(K key, Loaded<V> loaded, Lease lease);

        /** Whether this thread is in the middle of a change of the key, and so may have its lease itself. */
        default boolean isKeyHeld(K key) {
            return false;
        }

        /** Ends an entry that the source has no value for any more, if the lease over it still stands, and tells of it. */
        default void end(K key, Lease lease) {
            throw new UnsupportedOperationException("nothing is renewed here");
        }
    }

    /**
     * A value that was loaded for an entry processor.
     *
     * @param <V> the type of value
     * @param loaded what the loader returned, or null
     * @param lease the right to store it, which whoever is first uses up; null if the value is not to be stored any more
     * @param isStoredByAnother whether another thread loaded it, and stores it as soon as the key is free
     * @param end to be called when what the processor came to is stored, or nothing is to be; until then others who miss
     *     the key get this value
     */
    public record LoadedForProcessor<V>(
            @Nullable Loaded<V> loaded, @Nullable Lease lease, boolean isStoredByAnother, Runnable end) {

        /** Returns the value, or null for none. */
        public @Nullable V value() {
            return valueOf(loaded);
        }
    }

    /** Creates it for the loader of a cache whose settings ask for no more than loads. */
    public Loading(
            String cacheName,
            Store<K, V> store,
            CacheLoader<K, V> loader,
            UnaryOperator<K> copyKey,
            UnaryOperator<V> copyIn,
            Fill<K, V> fill) {
        this(cacheName, store, loader, copyKey, copyIn, fill, LoadParts.none());
    }

    /**
     * Creates it for the loader of a cache.
     *
     * @param copyKey makes a key the loader's own
     * @param copyIn makes the loader's value the cache's own
     */
    public Loading(
            String cacheName,
            Store<K, V> store,
            CacheLoader<K, V> loader,
            UnaryOperator<K> copyKey,
            UnaryOperator<V> copyIn,
            Fill<K, V> fill,
            LoadParts<K> parts) {
        this.loader = new LoaderCalls<>(loader);
        this.copyKey = copyKey;
        this.errors = LoaderErrors.of(cacheName, loader);
        this.memory = parts.memory();
        this.timed = parts.timed();
        this.early = parts.early();
        this.landing = new Landing<>(store, flights, errors, copyIn, fill, parts);
    }

    Flights<K, V> flights() {
        return flights;
    }

    Landing<K, V> landing() {
        return landing;
    }

    LoaderErrors errors() {
        return errors;
    }

    /** Lets no one who asks from now on have what is being loaded now; called when the key has changed. */
    public void overtake(K key) {
        flights.overtake(key);
        if (memory != null) {
            // not before: a flight remembers what it brings only as long as it is not overtaken
            memory.forget(key);
        }
    }

    /** Does so for all keys. */
    public void overtakeAll() {
        flights.overtakeAll();
        forgetAll();
    }

    /** Forgets which keys have no value, or could not be loaded. */
    public void forgetAll() {
        if (memory != null) {
            memory.forgetAll();
        }
    }

    /** Returns the keys that are being loaded. */
    public Set<K> keysInFlight() {
        return flights.keys();
    }

    /** Loads and stores the value of a key that was found absent; returns null if there is none. */
    public @Nullable V load(K key) {
        return isKnownAbsent(key) ? null : load(key, null);
    }

    /**
     * Loads and stores a value.
     *
     * @param old the entry to be replaced, or null if the key was found absent
     */
    @Nullable
    V load(K key, @Nullable Entry<V> old) {
        Flight<V> own = new Flight<>();
        Flight<V> other = flights.takeOff(key, own);
        Patience patience = patience(old != null);
        return other == null ? start(key, own, old, patience) : valueOf(await(key, other, patience));
    }

    /** Waits for a load of another thread; one that waits for the batch that this thread loads is done here as well. */
    @Nullable
    Loaded<V> await(K key, Flight<V> other, Patience patience) {
        return other.await(
                patience,
                errors,
                key,
                () -> BatchLoads.<@Nullable Loaded<V>>besides(
                        new Besides<>(this, key), () -> landing.own(called(key, true)), () -> errors.recursive(key)));
    }

    private static <V> @Nullable V valueOf(@Nullable Loaded<V> loaded) {
        return loaded == null ? null : loaded.value();
    }

    private @Nullable V start(K key, Flight<V> own, @Nullable Entry<V> old, Patience patience) {
        return timed == null
                ? fly(key, own, old)
                : timed.<@Nullable V>run(
                        () -> fly(key, own, old),
                        cause -> landing.crash(key, own, null, cause),
                        own::delay,
                        patience,
                        errors,
                        key);
    }

    /** Returns how long a call waits that begins now. */
    Patience patience(boolean hasOldValue) {
        return timed == null ? Patience.endless() : timed.patience(hasOldValue);
    }

    /** Returns what does loads that are waited for so long and no longer, or null if their callers do them. */
    @Nullable
    TimedLoads timed() {
        return timed;
    }

    /** Does a load that has taken off. */
    @Nullable
    V fly(K key, Flight<V> own, @Nullable Entry<V> old) {
        own.board();
        try {
            return bring(key, own, old);
        } catch (Throwable e) {
            landing.crash(key, own, null, e);
            throw e;
        } finally {
            flights.end(key, own);
        }
    }

    private @Nullable V bring(K key, Flight<V> own, @Nullable Entry<V> old) {
        Right<V> right = landing.claimOrAwait(key, own, old);
        V answer = right.answer();
        if (answer != null) {
            own.land(Loaded.of(answer));
            return answer;
        }
        own.hold(right.lease());
        Loaded<V> loaded = call(key, own, right.lease());
        landing.store(key, loaded, right, true);
        return valueOf(loaded);
    }

    /** Whether a load of a key failed so short a time ago that a value that is past its time is not renewed yet. */
    boolean isPaused(K key) {
        return memory != null && memory.isPaused(key);
    }

    /**
     * Whether the loader had no value for a key, not long ago.
     *
     * @throws CacheLoaderException if it failed, not long ago
     */
    private boolean isKnownAbsent(K key) {
        if (memory == null) {
            return false;
        }
        LoadMemory.PastFailure failure = memory.failureOf(key);
        if (failure != null) {
            throw errors.failedBefore(failure);
        }
        return memory.isKnownAbsent(key);
    }

    /** Loads a value for an entry processor, which stores it itself. */
    public LoadedForProcessor<V> loadForProcessor(K key) {
        if (isKnownAbsent(key)) {
            return new LoadedForProcessor<>(null, null, false, () -> {});
        }
        Flight<V> own = new Flight<>();
        own.goAlone();
        Flight<V> other = flights.takeOff(key, own);
        if (other != null) {
            return joined(key, other);
        }
        if (timed != null) {
            timed.threads().hand(() -> fly(key, own, null), cause -> landing.crash(key, own, null, cause));
            return joined(key, own);
        }
        own.board();
        try {
            // whoever holds the lock of the key needs a value, also if an entry came in between
            Lease lease = landing.claim(key, own, null).lease();
            return new LoadedForProcessor<>(call(key, own, lease), lease, false, () -> end(key, own, lease));
        } catch (Throwable e) {
            landing.crash(key, own, null, e);
            throw e;
        }
    }

    private LoadedForProcessor<V> joined(K key, Flight<V> flight) {
        Loaded<V> loaded = await(key, flight, patience(false));
        Lease lease = flight.hasLanded() ? flight.lease() : null;
        return new LoadedForProcessor<>(loaded, lease, true, () -> {});
    }

    private void end(K key, Flight<V> own, @Nullable Lease lease) {
        try {
            landing.release(key, lease);
        } finally {
            flights.end(key, own);
        }
    }

    private @Nullable Loaded<V> call(K key, Flight<V> own, @Nullable Lease lease) {
        try {
            return landing.land(key, own, called(key, own.goesAlone()));
        } catch (Throwable e) {
            landing.rememberFailure(key, own, e);
            landing.crash(key, own, lease, e);
            throw errors.rethrown(e);
        }
    }

    private @Nullable Loaded<V> called(K key, boolean alone) {
        K copy = copyKey.apply(key);
        return this.<@Nullable Loaded<V>>timing(() -> alone ? loader.loadAlone(copy) : loader.load(copy));
    }

    private <R extends @Nullable Object> R timing(Supplier<R> call) {
        return early == null ? call.get() : early.time(call);
    }

    /** Calls the loader for several keys. */
    Map<K, Loaded<V>> callAll(Set<K> keys) {
        Set<K> copies = new LinkedHashSet<>();
        keys.forEach(key -> copies.add(copyKey.apply(key)));
        Map<K, Loaded<V>> loaded = this.<@Nullable Map<K, Loaded<V>>>timing(() -> loader.loadAll(copies));
        if (loaded == null) {
            throw errors.nullMap();
        }
        return LoaderCalls.pick(keys, loaded);
    }

    /**
     * Loads and stores the values of keys that were found absent, with one call of the loader for those that nobody loads
     * yet.
     *
     * @return the values there are
     */
    public Map<K, V> loadAll(Set<K> keys) {
        return loadAll(keys, Map.of());
    }

    /**
     * Loads and stores the values of keys that were found absent, and of others that are to be replaced.
     *
     * @return the values there are
     */
    Map<K, V> loadAll(Set<K> keys, Map<K, Entry<V>> old) {
        Set<K> missing = memory == null ? keys : unknown(keys);
        Set<K> wanted = old.isEmpty() ? missing : union(missing, old.keySet());
        return new BulkLoad<>(this, old::get, false).run(wanted, keys.isEmpty());
    }

    private static <K> Set<K> union(Set<K> some, Set<K> others) {
        Set<K> union = new LinkedHashSet<>(some);
        union.addAll(others);
        return union;
    }

    private Set<K> unknown(Set<K> keys) {
        Set<K> unknown = new LinkedHashSet<>(keys);
        unknown.removeIf(this::isKnownAbsent);
        return unknown;
    }

    /** Loads and stores the values of keys, also of those that have one. */
    public Map<K, V> reloadAll(Set<K> keys) {
        return new BulkLoad<>(this, landing::read, true).run(keys, false);
    }

    /** A key of a cache that is loaded besides a batch. */
    private record Besides<K>(Loading<K, ?> cache, K key) {}
}
