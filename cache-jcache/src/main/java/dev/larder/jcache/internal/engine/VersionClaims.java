package dev.larder.jcache.internal.engine;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.Outcome;
import org.jspecify.annotations.Nullable;

/** Claims that hold while the key has the entry that was read, or none if none was: compare and set. */
final class VersionClaims<K, V> implements Claims<K, V> {

    @Override
    public Claim<V> claim(K key, @Nullable Entry<V> read, boolean isForgiving) {
        return new Versioned<>(read, null, isForgiving);
    }

    @Override
    public Claim<V> claimOfLoad(K key, Lease lease) {
        return new Versioned<>(null, lease, false);
    }

    private record Versioned<V>(
            @Nullable Entry<V> read, @Nullable Lease lease, boolean isForgiving) implements Claim<V> {

        @Override
        public Change<V> bind(Change<V> change) {
            Change<V> conditional = conditional(change);
            return isForgiving ? conditional.orInvalidate() : conditional;
        }

        private Change<V> conditional(Change<V> change) {
            if (lease != null) {
                return change.ifUnchanged(lease);
            }
            if (read != null) {
                return change.ifUnchanged(read);
            }
            return change.action() == Change.Action.PUT ? change.ifAbsent() : change;
        }

        @Override
        public @Nullable Outcome<V> settle(Change<V> change, Outcome<V> outcome) {
            boolean removesNothing = read == null && lease == null && change.action() == Change.Action.REMOVE;
            return outcome.isApplied() || removesNothing ? outcome : null;
        }

        @Override
        public boolean mayRepeat() {
            return true;
        }
    }
}
