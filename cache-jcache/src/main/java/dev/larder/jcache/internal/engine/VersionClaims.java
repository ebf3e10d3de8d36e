package dev.larder.jcache.internal.engine;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.Outcome;
import dev.larder.store.Ttl;
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
                // nothing is there, and so to remove it is to give the lease back
                Change<V> applied = change.action() == Change.Action.PUT ? change : Change.touch(Ttl.EXPIRED);
                return applied.ifUnchanged(lease);
            }
            if (read != null) {
                return change.ifUnchanged(read);
            }
            // a removal of nothing changes nothing, but only if there is still nothing
            return change.action() == Change.Action.PUT ? change.ifAbsent() : Change.touch(Ttl.UNCHANGED);
        }

        @Override
        public @Nullable Outcome<V> settle(Change<V> change, Outcome<V> outcome) {
            if (change.action() == Change.Action.REMOVE && read == null) {
                boolean isStillNothing = outcome.isApplied() == (lease != null);
                return isStillNothing ? Outcome.of(Outcome.Effect.ABSENT, null, outcome.expired()) : null;
            }
            return outcome.isApplied() ? outcome : null;
        }

        @Override
        public boolean mayRepeat() {
            return true;
        }
    }
}
