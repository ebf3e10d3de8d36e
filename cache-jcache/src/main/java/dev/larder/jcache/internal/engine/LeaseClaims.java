package dev.larder.jcache.internal.engine;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.LeaseResult;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import java.time.Duration;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Claims keys by leases, so that a writer and a store that outlives its callers end with the same value.
 *
 * <p><b>Why.</b> Two JVMs that write the source and then the store may do the one in one order and the other in the other,
 * and the two differ from then on. And one that dies between the two leaves them different.
 *
 * <p><b>How.</b> First the lease, over the entry that was read or over nothing; then the writer; then the change, which the
 * lease carries. Whoever else wants to write the key waits for the lease; what is being loaded gives way to it. A change that finds its
 * lease void, because it took too long or somebody cleared the cache, removes the key: the source has the value, and
 * somebody else's may have come before or after it. Who dies with a lease takes the entry with it when the lease ends. The
 * writer is never called twice.
 */
record LeaseClaims<K, V>(String cacheName, Store<K, V> store, Claims.Invalidation<K, V> invalidation)
        implements Claims<K, V> {

    /** How long the old value may be read after this JVM has died, and the longest that a writer's value is still stored. */
    static final Duration LONGEST_WRITE = Duration.ofSeconds(30);

    @Override
    public @Nullable Claim<V> claim(K key, @Nullable Entry<V> read, boolean isForgiving) {
        for (int attempt = 0; ; attempt++) {
            LeaseResult<V> leased = store.leaseToWrite(key, read, LONGEST_WRITE);
            if (leased.status() != LeaseResult.Status.BUSY) {
                return claimBy(leased, key, read, isForgiving);
            }
            // nothing has changed yet, and so there is no need to look again, let alone to run a processor again
            Backoff.pause(cacheName, attempt);
        }
    }

    @Override
    public @Nullable Claim<V> tryToClaim(K key, @Nullable Entry<V> read, boolean isForgiving) {
        return claimBy(store.leaseToWrite(key, read, LONGEST_WRITE), key, read, isForgiving);
    }

    private @Nullable Claim<V> claimBy(LeaseResult<V> leased, K key, @Nullable Entry<V> read, boolean isForgiving) {
        return switch (leased.status()) {
            case GRANTED -> new Leased(key, leased.requireLease(), read != null);
            case PRESENT, ABSENT, BUSY -> null;
            case UNAVAILABLE -> {
                if (!isForgiving) {
                    throw new CacheException(
                            "cache \"" + cacheName + "\": its store does not answer, and this operation"
                                    + " cannot do without it; nothing was changed");
                }
                yield new Unclaimed(key);
            }
        };
    }

    @Override
    public @Nullable Claim<V> claimOfLoad(K key, Lease lease) {
        Change<V> renewal = Change.<V>touch(Ttl.of(LONGEST_WRITE)).ifUnchanged(lease);
        return store.write(key, renewal).isApplied() ? new Leased(key, lease, false) : null;
    }

    /** The claim of a change of which the writer is told first. Once it was, the entry must not come back. */
    private abstract class Announced implements Claim<V> {

        private final K key;
        private boolean isTold;
        private boolean isSettled;

        Announced(K key) {
            this.key = key;
        }

        @Override
        public void told() {
            isTold = true;
        }

        Outcome<V> invalidate(Change<V> removal) {
            return invalidation.invalidate(key, removal.orInvalidate());
        }

        void invalidate() {
            invalidate(Change.remove());
        }

        void settled() {
            isSettled = true;
        }

        @Override
        public void close() {
            if (!isTold) {
                giveBack(key);
            } else if (!isSettled) {
                takeAway();
            }
        }

        abstract void giveBack(K claimed);

        abstract void takeAway();
    }

    private final class Leased extends Announced {

        private final Lease lease;
        private final boolean isOverEntry;

        Leased(K key, Lease lease, boolean isOverEntry) {
            super(key);
            this.lease = lease;
            this.isOverEntry = isOverEntry;
        }

        @Override
        public Change<V> bind(Change<V> change) {
            boolean removesNothing = change.action() == Change.Action.REMOVE && !isOverEntry;
            Change<V> applied = removesNothing ? Change.touch(Ttl.EXPIRED) : change;
            return applied.ifUnchanged(lease).orInvalidate();
        }

        @Override
        public Outcome<V> settle(Change<V> change, Outcome<V> outcome) {
            if (!outcome.isApplied()) {
                invalidate();
            }
            settled();
            if (change.action() == Change.Action.REMOVE) {
                return isOverEntry ? withEffect(Effect.REMOVED, outcome) : Outcome.of(Effect.ABSENT);
            }
            return outcome.isApplied() ? outcome : withEffect(Effect.APPLIED, outcome);
        }

        private Outcome<V> withEffect(Effect effect, Outcome<V> outcome) {
            return Outcome.of(effect, outcome.previous(), outcome.expired());
        }

        @Override
        void giveBack(K claimed) {
            store.write(claimed, Change.<V>touch(Ttl.EXPIRED).ifUnchanged(lease).orInvalidate());
        }

        /** A removal that carries a lease is made good even where the store may not fail. */
        @Override
        void takeAway() {
            if (!invalidate(Change.<V>remove().ifUnchanged(lease)).isApplied()) {
                invalidate();
            }
        }
    }

    /** Of a key whose store does not answer: the source gets the change, and the entry goes when the store is back. */
    private final class Unclaimed extends Announced {

        Unclaimed(K key) {
            super(key);
        }

        @Override
        public Change<V> bind(Change<V> change) {
            return Change.<V>remove().orInvalidate();
        }

        @Override
        public Outcome<V> settle(Change<V> change, Outcome<V> outcome) {
            settled();
            return Outcome.of(change.action() == Change.Action.PUT ? Effect.APPLIED : Effect.ABSENT);
        }

        @Override
        void giveBack(K claimed) {
            // there is nothing
        }

        @Override
        void takeAway() {
            invalidate();
        }
    }
}
