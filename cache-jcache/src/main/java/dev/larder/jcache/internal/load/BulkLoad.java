package dev.larder.jcache.internal.load;

import dev.larder.jcache.Loaded;
import dev.larder.store.Entry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import javax.cache.event.CacheEntryListenerException;
import org.jspecify.annotations.Nullable;

/** One call of loadAll: the flights it took off itself, and those of others that it waits for. Used once. */
final class BulkLoad<K, V> {

    private final Loading<K, V> loading;
    private final Flights<K, V> flights;
    private final Landing<K, V> landing;
    private final LoaderErrors errors;
    private final Function<K, @Nullable Entry<V>> replaced;
    private final boolean insists;
    private final Map<K, Flight<V>> own = new LinkedHashMap<>();
    private final Map<K, Flight<V>> others = new HashMap<>();
    private final Map<K, Right<V>> rights = new HashMap<>();
    private final Map<K, V> values = new HashMap<>();

    /**
     * Creates a load.
     *
     * @param replaced returns the entry that is to be replaced, or null if there is to be none; asked when the key's flight has
     *     taken off
     * @param insists whether all is loaded, also what others renew, and an entry stays that the source has no value for
     */
    BulkLoad(Loading<K, V> loading, Function<K, @Nullable Entry<V>> replaced, boolean insists) {
        this.loading = loading;
        this.flights = loading.flights();
        this.landing = loading.landing();
        this.errors = loading.errors();
        this.replaced = replaced;
        this.insists = insists;
    }

    /**
     * Loads and stores the values of keys, and returns those there are.
     *
     * @param hasOldValues whether all have an old value that will do
     */
    Map<K, V> run(Set<K> keys, boolean hasOldValues) {
        Patience patience = loading.patience(hasOldValues);
        takeOff(keys);
        start(patience);
        // only now, when nobody waits for this thread any more
        others.forEach((key, flight) -> note(key, loading.await(key, flight, patience)));
        return values;
    }

    private void start(Patience patience) {
        TimedLoads timed = loading.timed();
        if (timed == null || own.isEmpty()) {
            fly();
            return;
        }
        timed.<@Nullable Object>run(
                () -> {
                    fly();
                    return null;
                },
                this::crash,
                () -> own.values().forEach(Flight::delay),
                patience,
                errors,
                new Keys(own.keySet()));
    }

    /** Keys in a message. */
    private record Keys(Set<?> keys) {

        @Override
        public String toString() {
            Object first = keys.iterator().next();
            return keys.size() == 1 ? first.toString() : first + " and " + (keys.size() - 1) + " more";
        }
    }

    /** Lets all take off that nobody loads yet. */
    void takeOff(Set<K> keys) {
        try {
            keys.forEach(this::takeOff);
        } catch (Throwable e) {
            crash(e);
            throw e;
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

    /** Whether there is nothing that this load has to do itself. */
    boolean isEmpty() {
        return own.isEmpty();
    }

    /** Does what has taken off. */
    void fly() {
        own.values().forEach(Flight::board);
        try {
            own.forEach(this::askForRight);
            loadOwn();
        } catch (Throwable e) {
            crash(e);
            throw e;
        } finally {
            own.forEach(flights::end);
        }
    }

    void crash(Throwable cause) {
        try {
            rights.forEach((key, right) -> landing.release(key, right.lease()));
        } finally {
            own.forEach(flights::end);
            own.values().forEach(flight -> flight.crash(cause));
        }
    }

    private void askForRight(K key, Flight<V> flight) {
        Entry<V> old = replaced.apply(key);
        Right<V> right = insists ? landing.claim(key, flight, old) : landing.claimUnlessPaused(key, flight, old);
        rights.put(key, right);
        V answer = right.answer();
        if (answer != null && !insists) {
            answer(key, flight, answer);
        } else {
            flight.hold(right.lease());
        }
    }

    private void answer(K key, Flight<V> flight, V value) {
        Loaded<V> loaded = Loaded.of(value);
        flight.land(loaded);
        note(key, loaded);
    }

    private void loadOwn() {
        Map<K, Flight<V>> missing = new LinkedHashMap<>(own);
        missing.values().removeIf(Flight::hasLanded);
        if (missing.isEmpty()) {
            return;
        }
        // all land before the first is stored: storing may have to wait for somebody's work on one of the keys
        callAndLand(missing);
        storeAll(missing);
    }

    private void callAndLand(Map<K, Flight<V>> missing) {
        try {
            Map<K, Loaded<V>> loaded = loading.callAll(new LinkedHashSet<>(missing.keySet()));
            missing.forEach((key, flight) -> note(key, landing.land(key, flight, loaded.get(key))));
        } catch (Throwable e) {
            missing.forEach((key, flight) -> {
                if (!flight.hasLanded()) {
                    landing.rememberFailure(key, flight, e);
                }
            });
            throw errors.rethrown(e);
        }
    }

    private void storeAll(Map<K, Flight<V>> flown) {
        CacheEntryListenerException failure = null;
        for (Map.Entry<K, Flight<V>> each : flown.entrySet()) {
            K key = each.getKey();
            try {
                Right<V> right = Objects.requireNonNull(rights.get(key));
                landing.store(key, each.getValue().loaded(), right, !insists);
            } catch (CacheEntryListenerException e) {
                // it is stored all the same, and so shall be the rest
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void note(K key, @Nullable Loaded<V> loaded) {
        if (loaded != null) {
            values.put(key, loaded.value());
        }
    }
}
