package dev.larder.jcache.internal.load;

import dev.larder.jcache.Loaded;
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
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.integration.CacheLoader;
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
    private final LoaderCalls<K, V> loader;
    private final UnaryOperator<K> copyKey;
    private final UnaryOperator<V> copyIn;
    private final Fill<K, V> fill;
    private final LoaderErrors errors;
    private final Flights<K, V> flights = new Flights<>();

    /** Stores a loaded value if the lease still stands, and tells of it. */
    @FunctionalInterface
    public interface Fill<K, V> {
        void fill(K key, Loaded<V> loaded, Lease lease);
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
            return loaded == null ? null : loaded.value();
        }
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
            Fill<K, V> fill) {
        this.store = store;
        this.loader = new LoaderCalls<>(loader);
        this.copyKey = copyKey;
        this.copyIn = copyIn;
        this.fill = fill;
        this.errors = LoaderErrors.of(cacheName, loader);
    }

    /** Lets no one who asks from now on have what is being loaded now; called when the key has changed. */
    public void overtake(K key) {
        flights.overtake(key);
    }

    /** Does so for all keys. */
    public void overtakeAll() {
        flights.overtakeAll();
    }

    /** Returns the keys that are being loaded. */
    public Set<K> keysInFlight() {
        return flights.keys();
    }

    /** Loads and stores the value of a key that was found absent; returns null if there is none. */
    public @Nullable V load(K key) {
        Flight<V> own = new Flight<>();
        Flight<V> other = flights.takeOff(key, own);
        if (other != null) {
            return valueOf(await(other, key));
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

    private @Nullable V fly(K key, Flight<V> own) {
        LeaseResult<V> leased = store.lease(key, null, LONGEST_LOAD);
        Entry<V> present = leased.entry();
        if (present != null) {
            own.land(Loaded.of(present.value()));
            return present.value();
        }
        own.hold(leased.lease());
        Loaded<V> loaded = call(key, own, leased.lease());
        store(key, loaded, leased.lease());
        return valueOf(loaded);
    }

    private static <V> @Nullable V valueOf(@Nullable Loaded<V> loaded) {
        return loaded == null ? null : loaded.value();
    }

    /** Loads a value for an entry processor, which stores it itself. */
    public LoadedForProcessor<V> loadForProcessor(K key) {
        Flight<V> own = new Flight<>();
        Flight<V> other = flights.takeOff(key, own);
        if (other != null) {
            Loaded<V> loaded = await(other, key);
            Lease lease = other.hasLanded() ? other.lease() : null;
            return new LoadedForProcessor<>(loaded, lease, true, () -> {});
        }
        try {
            Lease lease = store.lease(key, null, LONGEST_LOAD).lease();
            return new LoadedForProcessor<>(call(key, own, lease), lease, false, () -> end(key, own, lease));
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

    private @Nullable Loaded<V> call(K key, Flight<V> own, @Nullable Lease lease) {
        try {
            Loaded<V> loaded = loaded(key);
            own.land(loaded);
            return loaded;
        } catch (Throwable e) {
            crash(key, own, lease, e);
            throw errors.rethrown(e);
        }
    }

    private @Nullable Loaded<V> loaded(K key) {
        return copied(loader.load(copyKey.apply(key)));
    }

    /** Makes what was loaded the cache's own. */
    private @Nullable Loaded<V> copied(@Nullable Loaded<V> loaded) {
        if (loaded == null) {
            return null;
        }
        if (!loaded.tags().isEmpty() && !store.traits().tags()) {
            throw errors.noTags();
        }
        return loaded.withValue(copyIn.apply(loaded.value()));
    }

    /** Waits for a load of another thread; one that waits for the batch that this thread loads is done here as well. */
    private @Nullable Loaded<V> await(Flight<V> other, K key) {
        return other.await(
                errors,
                key,
                () -> BatchLoads.<@Nullable Loaded<V>>besides(
                        new Besides<>(this, key), () -> loaded(key), () -> errors.recursive(key)));
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

    private void store(K key, @Nullable Loaded<V> loaded, @Nullable Lease lease) {
        if (loaded == null) {
            release(key, lease);
        } else if (lease != null) {
            fill(key, loaded, lease);
        }
    }

    private void fill(K key, Loaded<V> loaded, Lease lease) {
        try {
            fill.fill(key, loaded, lease);
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
            try {
                keys.forEach(this::takeOff);
                own.forEach(this::askForRight);
                loadOwn();
            } catch (Throwable e) {
                crash(e);
                throw e;
            } finally {
                own.forEach(flights::end);
            }
            // only now, when nobody waits for this thread any more
            others.forEach((key, flight) -> note(key, valueOf(await(flight, key))));
            return values;
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
                flight.land(Loaded.of(present.value()));
                note(key, present.value());
            }
        }

        private void loadOwn() {
            Map<K, Flight<V>> missing = new LinkedHashMap<>(own);
            missing.values().removeIf(Flight::hasLanded);
            if (missing.isEmpty()) {
                return;
            }
            Map<K, Loaded<V>> loaded = call(missing.keySet());
            // all land before the first is stored: storing may have to wait for somebody's work on one of the keys
            missing.forEach((key, flight) -> land(key, flight, loaded.get(key)));
            storeAll(missing);
        }

        private Map<K, Loaded<V>> call(Set<K> keys) {
            Set<K> own = new LinkedHashSet<>();
            keys.forEach(key -> own.add(copyKey.apply(key)));
            Map<K, Loaded<V>> loaded;
            try {
                loaded = loader.loadAll(own);
            } catch (Throwable e) {
                throw errors.rethrown(e);
            }
            if (loaded == null) {
                throw errors.nullMap();
            }
            return loaded;
        }

        private void land(K key, Flight<V> flight, @Nullable Loaded<V> loaded) {
            Loaded<V> copied = copied(loaded);
            flight.land(copied);
            note(key, valueOf(copied));
        }

        private void storeAll(Map<K, Flight<V>> flown) {
            CacheEntryListenerException failure = null;
            for (Map.Entry<K, Flight<V>> each : flown.entrySet()) {
                try {
                    store(each.getKey(), each.getValue().loaded(), rights.get(each.getKey()));
                } catch (CacheEntryListenerException e) {
                    // it is stored all the same, and so shall be the rest
                    failure = failure == null ? e : failure;
                }
            }
            if (failure != null) {
                throw failure;
            }
        }

        private void store(K key, @Nullable Loaded<V> loaded, @Nullable Right<V> right) {
            if (right != null && loaded != null) {
                fill(key, loaded, right.lease());
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

    /** A key of a cache that is loaded besides a batch. */
    private record Besides<K>(Loading<K, ?> cache, K key) {}

    /** The right to store a key's value, and the entry it would replace. */
    private record Right<V>(Lease lease, @Nullable Entry<V> replaced) {}
}
