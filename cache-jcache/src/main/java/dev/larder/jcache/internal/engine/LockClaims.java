package dev.larder.jcache.internal.engine;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Claims that hold while the lock of the key does. Nothing but expiry, eviction and clear happens meanwhile, and these make a
 * change to one of an absent key; only who wants to keep the deadline of an entry must know that.
 */
final class LockClaims<K, V> implements Claims<K, V> {

    @Override
    public Claim<V> tryToClaim(K key, @Nullable Entry<V> read, boolean isForgiving) {
        return new Locked<>(read, isForgiving);
    }

    @Override
    public Claim<V> claimOfLoad(K key, Lease lease) {
        return new Locked<>(null, false);
    }

    private record Locked<V>(@Nullable Entry<V> read, boolean isForgiving) implements Claim<V> {

        @Override
        public Change<V> bind(Change<V> change) {
            Change<V> bound = keepsDeadline(change) && read != null ? change.ifUnchanged(read) : change;
            return isForgiving ? bound.orInvalidate() : bound;
        }

        private static boolean keepsDeadline(Change<?> change) {
            return change.action() == Change.Action.PUT && change.onCreate().isUnchanged();
        }

        @Override
        public @Nullable Outcome<V> settle(Change<V> change, Outcome<V> outcome) {
            return change.action() == Change.Action.PUT && !outcome.isApplied() ? null : outcome;
        }
    }
}
