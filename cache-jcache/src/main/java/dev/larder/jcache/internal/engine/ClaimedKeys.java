package dev.larder.jcache.internal.engine;

import dev.larder.store.Entry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The claims of an operation on several keys; closing them gives back those that were not used. For one thread. */
final class ClaimedKeys<K, V> implements AutoCloseable {

    private final Map<K, Entry<V>> read;
    private final Map<K, Claim<V>> claims = new LinkedHashMap<>();

    private ClaimedKeys(Map<K, Entry<V>> read) {
        this.read = read;
    }

    /** Claims keys by what was read of them, or returns null, and holds none, if one could not be had. */
    static <K, V> @Nullable ClaimedKeys<K, V> claim(
            Claims<K, V> claims, Set<K> keys, Map<K, Entry<V>> read, boolean isForgiving) {
        ClaimedKeys<K, V> claimed = new ClaimedKeys<>(read);
        boolean isComplete = false;
        try {
            isComplete =
                    keys.stream().allMatch(key -> claimed.add(key, claims.tryToClaim(key, read.get(key), isForgiving)));
        } finally {
            if (!isComplete) {
                claimed.close();
            }
        }
        return isComplete ? claimed : null;
    }

    private boolean add(K key, @Nullable Claim<V> claim) {
        if (claim != null) {
            claims.put(key, claim);
        }
        return claim != null;
    }

    /** Returns what was read of a key, or null. */
    @Nullable
    Entry<V> read(K key) {
        return read.get(key);
    }

    /** Returns the claim of a key that is claimed. */
    Claim<V> of(K key) {
        return Objects.requireNonNull(claims.get(key), "claim");
    }

    /** Notes that the writer knows of the changes of these keys. */
    void told(Set<K> keys) {
        keys.forEach(key -> of(key).told());
    }

    /** Notes that the writer may know of the change of any key. */
    void told() {
        claims.values().forEach(Claim::told);
    }

    /** Closes all claims, and throws the first failure only when all are closed. */
    @Override
    public void close() {
        RuntimeException failure = null;
        for (Claim<V> claim : claims.values()) {
            try {
                claim.close();
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
