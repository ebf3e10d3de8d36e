package dev.larder.patterns.aside;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;

/**
 * Loads missing keys, once for all who ask.
 *
 * <p>Who may wait for a load is decided by the mark: whoever has seen a mark stand after its load began can take what the load brings, since no change came
 * between. After an invalidation there is another mark, and so another load.
 */
final class Flights<K, V> {

    private final Slots<K, V> slots;
    private final CacheLoader<K, V> loader;
    private final ConcurrentMap<Route<K>, Flight<V>> flights = new ConcurrentHashMap<>();

    /** The load that belongs to a mark of a key. */
    private record Route<K>(K key, String mark) {}

    Flights(Slots<K, V> slots, CacheLoader<K, V> loader) {
        this.slots = slots;
        this.loader = loader;
    }

    /** Returns the values of keys that were missing. */
    Map<K, V> load(Set<K> keys) {
        Map<K, V> values = new HashMap<>();
        Map<K, String> marks = new HashMap<>();
        Set<K> unmarked = new HashSet<>(keys);
        slots.mark(keys).forEach((key, slot) -> {
            unmarked.remove(key);
            sort(key, slot, values, marks);
        });
        values.putAll(join(marks));
        values.putAll(callLoader(unmarked));
        return values;
    }

    private static <K, V> void sort(K key, Slot<V> slot, Map<K, V> values, Map<K, String> marks) {
        if (slot.value() != null) {
            values.put(key, slot.value());
        } else if (slot.mark() != null) {
            marks.put(key, slot.mark());
        }
    }

    /** Loads what nobody loads yet, and then waits for the others: nobody waits who has not landed. */
    private Map<K, V> join(Map<K, String> marks) {
        Map<Route<K>, Flight<V>> own = new HashMap<>();
        Map<K, Flight<V>> all = new HashMap<>();
        marks.forEach((key, mark) -> {
            Route<K> route = new Route<>(key, mark);
            Flight<V> mine = new Flight<>();
            Flight<V> first = flights.putIfAbsent(route, mine);
            if (first == null) {
                own.put(route, mine);
            }
            all.put(key, first == null ? mine : first);
        });
        fly(own);
        Map<K, V> values = new HashMap<>();
        all.forEach((key, flight) -> {
            V value = flight.await();
            if (value != null) {
                values.put(key, value);
            }
        });
        return values;
    }

    private void fly(Map<Route<K>, Flight<V>> own) {
        if (own.isEmpty()) {
            return;
        }
        try {
            Map<K, V> values = loadAndFill(own.keySet());
            own.forEach((route, flight) -> flight.land(values.get(route.key())));
        } catch (RuntimeException | Error e) {
            own.values().forEach(flight -> flight.fail(e));
            throw e;
        } finally {
            own.forEach(flights::remove);
        }
    }

    private Map<K, V> loadAndFill(Set<Route<K>> routes) {
        Map<K, String> marks = new HashMap<>();
        routes.forEach(route -> marks.put(route.key(), route.mark()));
        Map<K, V> values = new HashMap<>();
        // another load by the same mark may have ended between our look at the mark and now
        slots.look(Set.copyOf(marks.keySet())).forEach((key, slot) -> {
            if (slot.value() != null) {
                values.put(key, slot.value());
                marks.remove(key);
            }
        });
        if (!marks.isEmpty()) {
            values.putAll(loadMarked(marks));
        }
        return values;
    }

    private Map<K, V> loadMarked(Map<K, String> marks) {
        Map<K, V> loaded = Map.of();
        try {
            loaded = callLoader(marks.keySet());
            return loaded;
        } finally {
            // also if it failed: the marks go
            slots.fill(marks, loaded);
        }
    }

    private Map<K, V> callLoader(Set<K> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        try {
            return keys.size() == 1 ? loadSingle(keys.iterator().next()) : withoutNulls(loader.loadAll(keys));
        } catch (CacheLoaderException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CacheLoaderException(keys.size() + " keys could not be loaded", e);
        }
    }

    private Map<K, V> loadSingle(K key) {
        V value = loader.load(key);
        return value == null ? Map.of() : Map.of(key, value);
    }

    private static <K, V> Map<K, V> withoutNulls(Map<K, V> loaded) {
        Map<K, V> values = new HashMap<>(loaded);
        values.values().removeIf(value -> value == null);
        return values;
    }
}
