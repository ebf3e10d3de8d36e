package dev.larder.jcache.internal.engine;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.StoreTraits;
import org.jspecify.annotations.Nullable;

/**
 * How an operation that looks before it changes something makes sure that what it saw is still so.
 *
 * <ul>
 *   <li>On a store of this JVM alone the lock of the key is enough ({@link LockClaims}).
 *   <li>On a store that others change, the change carries what was read as its condition ({@link VersionClaims}); who is
 *       too late looks again.
 *   <li>With a writer, on a store that outlives this JVM, a lease is taken first ({@link LeaseClaims}): the writer is called
 *       once, by one at a time, and if that one dies, the entry goes with the lease.
 * </ul>
 */
interface Claims<K, V> {

    /**
     * Claims a key, and waits for others who have claimed it. To be asked by who has claimed nothing else.
     *
     * @param read what was there a moment ago, or null
     * @param isForgiving whether the operation can do without a store that does not answer
     * @return the claim, or null if the key is to be looked at once more
     */
    default @Nullable Claim<V> claim(K key, @Nullable Entry<V> read, boolean isForgiving) {
        return tryToClaim(key, read, isForgiving);
    }

    /** Does so, but waits for nobody: the answer is null as well if others have claimed the key. */
    @Nullable
    Claim<V> tryToClaim(K key, @Nullable Entry<V> read, boolean isForgiving);

    /**
     * Claims an absent key by the lease of a load, which has stood since before the load began.
     *
     * @return the claim, or null if the lease is void
     */
    @Nullable
    Claim<V> claimOfLoad(K key, Lease lease);

    /** Takes the entry of a key away, without news of that. */
    @FunctionalInterface
    interface Invalidation<K, V> {
        Outcome<V> invalidate(K key, Change<V> removal);
    }

    /**
     * Chooses how a cache claims keys.
     */
    static <K, V> Claims<K, V> of(
            String cacheName, Store<K, V> store, boolean writes, Invalidation<K, V> invalidation) {
        StoreTraits traits = store.traits();
        if (writes && traits.outlivesCallers()) {
            return new LeaseClaims<>(cacheName, store, invalidation);
        }
        return traits.shared() ? new VersionClaims<>() : new LockClaims<>();
    }
}
