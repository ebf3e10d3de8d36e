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
public final class Copying<K, V> {

    private final String cacheName;
    private final Copier<K> keys;
    private final Copier<V> values;
    private final Sharing sharing;

    private Copying(String cacheName, Copier<K> keys, Copier<V> values, Sharing sharing) {
        this.cacheName = cacheName;
        this.keys = keys;
        this.values = values;
        this.sharing = sharing;
    }

    /**
     * Returns the copying by these copiers.
     *
     * @param mayShare whether a value that the copier gave back as it is needs no copy ever after, so that a cache that holds only such
     *     values may hand them out unseen
     */
    public static <K, V> Copying<K, V> by(String cacheName, Copier<K> keys, Copier<V> values, boolean mayShare) {
        return new Copying<>(cacheName, keys, values, new Sharing(mayShare));
    }

    /** Returns the copying that copies nothing. */
    public static <K, V> Copying<K, V> none(String cacheName) {
        return by(cacheName, Copier.identity(), Copier.identity(), true);
    }

    private static boolean isNothing(Copier<?> copier) {
        return copier == Copier.identity();
    }

    /** Whether nothing is copied. */
    boolean isNone() {
        return isNothing(keys) && isNothing(values);
    }

    /** Whether values that are handed out may be others than those kept. */
    boolean copiesValues() {
        return !isNothing(values);
    }

    /** Returns whether values have all been shared so far. */
    Sharing sharing() {
        return sharing;
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

    /** Returns a value of the cache's own, to be stored. */
    public V valueIn(V given) {
        return isNothing(values) ? given : ownCopy(given);
    }

    private V ownCopy(V given) {
        V own = copyOfValue(given);
        if (own != given) {
            sharing.end();
        }
        return own;
    }

    /** Returns a value for a user, of one that was found in the store. */
    public V valueOut(V kept) {
        return isNothing(values) || sharing.isOfAll() ? kept : copyOfValue(kept);
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
        if (!isNothing(values) && !sharing.isOfAll()) {
            map.replaceAll((key, value) -> copyOfValue(value));
        }
    }

    private CacheException failure(String what, CopyException cause) {
        return new CacheException(
                "cache \"" + cacheName + "\": a " + what + " could not be copied: " + cause.getMessage(), cause);
    }
}
