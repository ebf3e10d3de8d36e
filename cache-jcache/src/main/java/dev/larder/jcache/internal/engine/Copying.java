package dev.larder.jcache.internal.engine;

import dev.larder.copy.Copier;
import dev.larder.copy.CopyException;
import java.util.Map;
import javax.cache.CacheException;

/**
 * Keeps what the cache holds apart from what its users hold.
 *
 * <p>By value both are copied on the way in and on the way out; by reference, or over a store that copies by nature, they
 * are handed through.
 */
public record Copying<K, V>(String cacheName, Copier<K> keys, Copier<V> values) {

    /** Returns the copying that copies nothing. */
    public static <K, V> Copying<K, V> none(String cacheName) {
        return new Copying<>(cacheName, Copier.identity(), Copier.identity());
    }

    private static boolean isNothing(Copier<?> copier) {
        return copier == Copier.identity();
    }

    /** Whether nothing is copied. */
    boolean isNone() {
        return isNothing(keys) && isNothing(values);
    }

    /** Whether values that are handed out are others than those kept. */
    boolean copiesValues() {
        return !isNothing(values);
    }

    /** Returns a key of the cache's own, or one for a user. */
    public K key(K key) {
        return isNothing(keys) ? key : copyOfKey(key);
    }

    private K copyOfKey(K key) {
        try {
            return keys.copy(key);
        } catch (CopyException e) {
            throw failure("key", e);
        }
    }

    /** Returns a value of the cache's own, or one for a user. */
    public V value(V value) {
        return isNothing(values) ? value : copyOfValue(value);
    }

    private V copyOfValue(V value) {
        try {
            return values.copy(value);
        } catch (CopyException e) {
            throw failure("value", e);
        }
    }

    /** Makes the values in a map a user's. */
    public void ownValues(Map<K, V> map) {
        if (!isNothing(values)) {
            map.replaceAll((key, value) -> copyOfValue(value));
        }
    }

    private CacheException failure(String what, CopyException cause) {
        return new CacheException(
                "cache \"" + cacheName + "\": a " + what + " could not be copied: " + cause.getMessage(), cause);
    }
}
