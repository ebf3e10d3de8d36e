package dev.larder.jcache.internal.load;

import dev.larder.store.Lease;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The loads under way: for each key the one that whoever misses it now is to wait for, and those that were overtaken. */
final class Flights<K, V> {

    private final ConcurrentHashMap<K, Flight<V>> joinable = new ConcurrentHashMap<>();

    /** The keys of all. One that was overtaken may yet store its value, if it took off while the key was changed. */
    private final ConcurrentHashMap<Flight<V>, K> keys = new ConcurrentHashMap<>();

    /** Enters a flight unless there is one to join, which is then returned. */
    @Nullable
    Flight<V> takeOff(K key, Flight<V> own) {
        Flight<V> other = joinable.putIfAbsent(key, own);
        if (other == null) {
            keys.put(own, key);
        }
        return other;
    }

    /** Takes a flight out whose value is stored, or will not be. */
    void end(K key, Flight<V> own) {
        joinable.remove(key, own);
        keys.remove(own);
    }

    /** Whether whoever misses a key would join a load. */
    boolean isUnderWay(K key) {
        return joinable.containsKey(key);
    }

    /** Whether somebody has waited in vain for the load of a key. */
    boolean isLate(K key) {
        Flight<V> flight = joinable.get(key);
        return flight != null && flight.isLate();
    }

    /** Whether a flight has not been overtaken. */
    boolean isJoinable(K key, Flight<V> own) {
        return joinable.get(key) == own;
    }

    /**
     * Returns the right to store that a flight of this key still has although it was overtaken, or null. Whoever took off since began
     * later, and so may use it first: nobody has changed the key since it was granted.
     */
    @Nullable
    Lease leaseOfOvertaken(K key) {
        for (Map.Entry<Flight<V>, K> each : keys.entrySet()) {
            Lease lease = each.getValue().equals(key) ? each.getKey().lease() : null;
            if (lease != null && lease.isHeld()) {
                return lease;
            }
        }
        return null;
    }

    /** Whether no other flight has this key, overtaken or not. */
    boolean isAlone(K key, Flight<V> own) {
        return keys.entrySet().stream()
                .noneMatch(each -> each.getKey() != own && each.getValue().equals(key));
    }

    /** Does something if a flight has not been overtaken; who overtakes it meanwhile waits until that is done. */
    void unlessOvertaken(K key, Flight<V> own, Runnable action) {
        joinable.computeIfPresent(key, (k, flight) -> {
            if (flight == own) {
                action.run();
            }
            return flight;
        });
    }

    /** Lets nobody join the flight of a key any more. */
    void overtake(K key) {
        if (joinable.get(key) != null) {
            joinable.remove(key);
        }
    }

    void overtakeAll() {
        joinable.clear();
    }

    /** Returns the keys of all loads under way, overtaken or not. */
    Set<K> keys() {
        return Set.copyOf(keys.values());
    }
}
