package dev.larder.store.heap;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The leases that stand, beside the map of entries.
 *
 * <p>Two rules make them safe. Whoever changes a key revokes its lease <em>before</em> the map changes, and if there was
 * one, lets a step of the map that is under way come to its end. Whoever fills a key looks at the lease <em>within</em>
 * the step that changes the map. So a fill either comes first and is seen by the change, or sees the revocation. A lease
 * that is granted between a revocation and its change is harmless: what its holder loads, it loads after that change was
 * called for.
 */
final class LeaseTable<K, V> {

    private final ConcurrentHashMap<K, HeapLease<V>> leases = new ConcurrentHashMap<>();

    /** Enters a lease unless another stands, and tells whether it did. */
    boolean enter(K key, HeapLease<V> lease, Predicate<HeapLease<V>> stands) {
        return leases.compute(key, (k, held) -> held != null && stands.test(held) ? held : lease) == lease;
    }

    /** Ends a lease that was used or given back. */
    void leave(K key, HeapLease<V> lease) {
        lease.revoke();
        leases.remove(key, lease);
    }

    /** Ends the lease of a key, and tells whether there was one. */
    boolean revoke(K key) {
        @Nullable HeapLease<V> lease = leases.get(key);
        if (lease == null) {
            return false;
        }
        leave(key, lease);
        return true;
    }

    void revokeAll() {
        leases.values().removeIf(lease -> {
            lease.revoke();
            return true;
        });
    }
}
