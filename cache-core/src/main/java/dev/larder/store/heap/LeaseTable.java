package dev.larder.store.heap;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The leases that stand, beside the map of entries.
 *
 * <p>Two rules make them safe. Whoever changes a key revokes its lease <em>before</em> the map changes. Whoever fills a
 * key looks at the lease <em>within</em> the step that changes the map. So a fill either comes first and is overwritten,
 * or sees the revocation. A lease that is granted between a revocation and its change is harmless: what its holder loads,
 * it loads after that change was called for.
 */
final class LeaseTable<K, V> {

    private final ConcurrentHashMap<K, HeapLease<V>> leases = new ConcurrentHashMap<>();

    /** Enters a lease unless another stands, and tells whether it did. */
    boolean enter(K key, HeapLease<V> lease, long nowMillis) {
        return leases.compute(key, (k, held) -> held != null && held.isHeldAt(nowMillis) ? held : lease) == lease;
    }

    void leave(K key, HeapLease<V> lease) {
        leases.remove(key, lease);
    }

    void revoke(K key) {
        @Nullable HeapLease<V> lease = leases.get(key);
        if (lease != null) {
            lease.revoke();
            leases.remove(key, lease);
        }
    }

    void revokeAll() {
        leases.values().removeIf(lease -> {
            lease.revoke();
            return true;
        });
    }
}
