package dev.larder.jcache.internal.load;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.LeaseResult;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.cache.event.CacheEntryListenerException;
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
 * <p>A flight lands before its value is stored, so that an entry processor that waits for it under its key's lock cannot
 * block the storing it waits for; and it stays on the table until the value is stored, so that in between nobody loads
 * again.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class Loading<K, V> {

    /** How long a load may take and still be stored. */
    private static final Duration LONGEST_LOAD = Duration.ofMinutes(10);

    private final Store<K, V> store;
    private final CacheLoader<K, V> loader;
    private final UnaryOperator<K> copyKey;
    private final UnaryOperator<V> copyIn;
    private final Fill<K, V> fill;
    private final LoaderErrors errors;
    private final @Nullable LoadMemory<K> memory;
    private final Flights<K, V> flights = new Flights<>();

    /** Stores a loaded value if the lease still stands, and tells of it. */
    @FunctionalInterface
    public interface Fill<K, V> {
        void fill(K key, V value, Lease lease);
    }

    /**
     * A value that was loaded for an entry processor.
     *
     * @param <V> the type of value
     * @param value what the loader returned, or null
     * @param lease the right to store it, which whoever is first uses up; null if the value is not to be stored any more
     * @param isStoredByAnother whether another thread loaded it, and stores it as soon as the key is free
     * @param end to be called when what the processor came to is stored, or nothing is to be; until then others who miss
     *     the key get this value
     */
    public record Loaded<V>(@Nullable V value, @Nullable Lease lease, boolean isStoredByAnother, Runnable end) {}

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
        this.store = store;
        this.loader = loader;
        this.copyKey = copyKey;
        this.copyIn = copyIn;
        this.fill = fill;
        this.errors = new LoaderErrors(cacheName, CappedLoader.nameOf(loader));
        this.memory = parts.memory();
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
        if (isKnownAbsent(key)) {
            return null;
        }
        Flight<V> own = new Flight<>();
        Flight<V> other = flights.takeOff(key, own);
        if (other != null) {
            return other.await(errors, key);
        }
        try {
            return fly(key, own);
        } catch (Throwable e) {
            crash(key, own, null, e);
            throw e;
        } finally {
            flights.end(key, own);
        }
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

    private @Nullable V fly(K key, Flight<V> own) {
        LeaseResult<V> leased = store.lease(key, null, LONGEST_LOAD);
        Entry<V> present = leased.entry();
        if (present != null) {
            own.land(present.value());
            return present.value();
        }
        own.hold(leased.lease());
        V value = call(key, own, leased.lease());
        store(key, value, leased.lease());
        return value;
    }

    /** Loads a value for an entry processor, which stores it itself. */
    public Loaded<V> loadForProcessor(K key) {
        if (isKnownAbsent(key)) {
            return new Loaded<>(null, null, false, () -> {});
        }
        Flight<V> own = new Flight<>();
        Flight<V> other = flights.takeOff(key, own);
        if (other != null) {
            V value = other.await(errors, key);
            return new Loaded<>(value, other.lease(), true, () -> {});
        }
        try {
            Lease lease = store.lease(key, null, LONGEST_LOAD).lease();
            return new Loaded<>(call(key, own, lease), lease, false, () -> end(key, own, lease));
        } catch (Throwable e) {
            crash(key, own, null, e);
            throw e;
        }
    }

    private void end(K key, Flight<V> own, @Nullable Lease lease) {
        try {
            release(key, lease);
        } finally {
            flights.end(key, own);
        }
    }

    private @Nullable V call(K key, Flight<V> own, @Nullable Lease lease) {
        try {
            V loaded = loader.load(copyKey.apply(key));
            V value = loaded == null ? null : copyIn.apply(loaded);
            remember(key, own, value);
            own.land(value);
            return value;
        } catch (Throwable e) {
            rememberFailure(key, own, e);
            crash(key, own, lease, e);
            throw errors.rethrown(e);
        }
    }

    private void remember(K key, Flight<V> own, @Nullable V value) {
        if (memory != null) {
            flights.unlessOvertaken(key, own, value == null ? () -> memory.absent(key) : () -> memory.forget(key));
        }
    }

    /** An error says nothing of the source, and nor does what an interrupt of the caller brought about. */
    private void rememberFailure(K key, Flight<V> own, Throwable cause) {
        if (memory != null
                && cause instanceof Exception failure
                && !Thread.currentThread().isInterrupted()) {
            flights.unlessOvertaken(key, own, () -> memory.failed(key, failure));
        }
    }

    /** Ends a load that failed. Before those who wait for it hear of that, the way is free for the next load. */
    private void crash(K key, Flight<V> own, @Nullable Lease lease, Throwable cause) {
        try {
            release(key, lease);
        } finally {
            flights.end(key, own);
            own.crash(cause);
        }
    }

    private void store(K key, @Nullable V value, @Nullable Lease lease) {
        if (value == null) {
            release(key, lease);
        } else if (lease != null) {
            fill(key, value, lease);
        }
    }

    private void fill(K key, V value, Lease lease) {
        try {
            fill.fill(key, value, lease);
        } catch (Throwable e) {
            // nobody could store this key before the lease ran out
            release(key, lease);
            throw e;
        }
    }

    /** Gives a lease back; one that was used or voided is left alone. */
    private void release(K key, @Nullable Lease lease) {
        if (lease != null) {
            store.write(key, Change.<V>touch(Ttl.EXPIRED).ifUnchanged(lease).orInvalidate());
        }
    }

    /**
     * Loads and stores the values of keys that were found absent, with one call of the loader for those that nobody loads
     * yet.
     *
     * @return the values there are
     */
    public Map<K, V> loadAll(Set<K> keys) {
        return new BulkLoad(false).run(keys);
    }

    /** Loads and stores the values of keys, also of those that have one. */
    public Map<K, V> reloadAll(Set<K> keys) {
        return new BulkLoad(true).run(keys);
    }

    /** One call of loadAll: the flights it took off itself, and those of others that it waits for. */
    private final class BulkLoad {

        private final boolean replacesExisting;
        private final Map<K, Flight<V>> own = new LinkedHashMap<>();
        private final Map<K, Flight<V>> others = new HashMap<>();
        private final Map<K, Right<V>> rights = new HashMap<>();
        private final Map<K, V> values = new HashMap<>();

        BulkLoad(boolean replacesExisting) {
            this.replacesExisting = replacesExisting;
        }

        Map<K, V> run(Set<K> keys) {
            Set<K> wanted = replacesExisting || memory == null ? keys : unknown(keys);
            try {
                wanted.forEach(this::takeOff);
                own.forEach(this::askForRight);
                loadOwn();
            } catch (Throwable e) {
                crash(e);
                throw e;
            } finally {
                own.forEach(flights::end);
            }
            // only now, when nobody waits for this thread any more
            others.forEach((key, flight) -> note(key, flight.await(errors, key)));
            return values;
        }

        private Set<K> unknown(Set<K> keys) {
            Set<K> unknown = new LinkedHashSet<>(keys);
            unknown.removeIf(Loading.this::isKnownAbsent);
            return unknown;
        }

        private void crash(Throwable cause) {
            try {
                rights.forEach(this::giveBack);
            } finally {
                own.forEach(flights::end);
                own.values().forEach(flight -> flight.crash(cause));
            }
        }

        private void takeOff(K key) {
            Flight<V> mine = new Flight<>();
            Flight<V> other = flights.takeOff(key, mine);
            if (other == null) {
                own.put(key, mine);
            } else {
                others.put(key, other);
            }
        }

        private void askForRight(K key, Flight<V> flight) {
            Entry<V> replaced = replacesExisting ? store.read(key) : null;
            LeaseResult<V> leased = store.lease(key, replaced, LONGEST_LOAD);
            Entry<V> present = leased.entry();
            if (leased.isGranted()) {
                rights.put(key, new Right<>(leased.requireLease(), replaced));
                flight.hold(leased.lease());
            } else if (present != null && !replacesExisting) {
                flight.land(present.value());
                note(key, present.value());
            }
        }

        private void loadOwn() {
            Map<K, Flight<V>> missing = new LinkedHashMap<>(own);
            missing.values().removeIf(Flight::hasLanded);
            if (missing.isEmpty()) {
                return;
            }
            Map<K, V> loaded = call(missing.keySet());
            // all land before the first is stored: storing may have to wait for somebody's work on one of the keys
            missing.forEach((key, flight) -> land(key, flight, loaded.get(key)));
            storeAll(missing.keySet());
        }

        private Map<K, V> call(Set<K> keys) {
            Set<K> copies = new LinkedHashSet<>();
            keys.forEach(key -> copies.add(copyKey.apply(key)));
            Map<K, V> loaded;
            try {
                loaded = loader.loadAll(copies);
            } catch (Throwable e) {
                keys.forEach(key -> rememberFailure(key, flightOf(key), e));
                throw errors.rethrown(e);
            }
            if (loaded == null) {
                throw errors.nullMap();
            }
            return loaded;
        }

        private Flight<V> flightOf(K key) {
            return Objects.requireNonNull(own.get(key));
        }

        private void land(K key, Flight<V> flight, @Nullable V loaded) {
            V value = loaded == null ? null : copyIn.apply(loaded);
            remember(key, flight, value);
            flight.land(value);
            note(key, value);
        }

        private void storeAll(Set<K> keys) {
            CacheEntryListenerException failure = null;
            for (K key : keys) {
                try {
                    store(key, values.get(key), rights.get(key));
                } catch (CacheEntryListenerException e) {
                    // it is stored all the same, and so shall be the rest
                    failure = failure == null ? e : failure;
                }
            }
            if (failure != null) {
                throw failure;
            }
        }

        private void store(K key, @Nullable V value, @Nullable Right<V> right) {
            if (right != null && value != null) {
                fill(key, value, right.lease());
            } else if (right != null) {
                giveBack(key, right);
            }
        }

        private void giveBack(K key, Right<V> right) {
            release(key, right.lease());
        }

        private void note(K key, @Nullable V value) {
            if (value != null) {
                values.put(key, value);
            }
        }
    }

    /** The right to store a key's value, and the entry it would replace. */
    private record Right<V>(Lease lease, @Nullable Entry<V> replaced) {}
}
