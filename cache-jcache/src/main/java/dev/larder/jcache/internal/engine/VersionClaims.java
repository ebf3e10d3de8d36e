package dev.larder.jcache.internal.engine;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Ttl;
import org.jspecify.annotations.Nullable;

/** Claims that hold while the key has the entry that was read, or none if none was: compare and set. */
final class VersionClaims<K, V> implements Claims<K, V> {

    @Override
    public Claim<V> tryToClaim(K key, @Nullable Entry<V> read, boolean isForgiving) {
        return read == null ? new Absent<>(isForgiving) : new Present<>(read, isForgiving);
    }

    @Override
    public Claim<V> claimOfLoad(K key, Lease lease) {
        return new Loaded<>(lease);
    }

    private record Present<V>(Entry<V> read, boolean isForgiving) implements Claim<V> {

        @Override
        public Change<V> bind(Change<V> change) {
            Change<V> conditional = change.ifUnchanged(read);
            return isForgiving ? conditional.orInvalidate() : conditional;
        }

        @Override
        public @Nullable Outcome<V> settle(Change<V> change, Outcome<V> outcome) {
            return outcome.isApplied() ? outcome : null;
        }

        @Override
        public boolean mayRepeat() {
            return true;
        }
    }

    /** A removal of nothing changes nothing, but only if there is still nothing. */
    private record Absent<V>(boolean isForgiving) implements Claim<V> {

        @Override
        public Change<V> bind(Change<V> change) {
            Change<V> conditional =
                    change.action() == Change.Action.PUT ? change.ifAbsent() : Change.touch(Ttl.UNCHANGED);
            return isForgiving ? conditional.orInvalidate() : conditional;
        }

        @Override
        public @Nullable Outcome<V> settle(Change<V> change, Outcome<V> outcome) {
            boolean isPut = change.action() == Change.Action.PUT;
            if (outcome.isApplied() != isPut) {
                return null;
            }
            return isPut ? outcome : Outcome.of(Effect.ABSENT, null, outcome.expired());
        }

        @Override
        public boolean mayRepeat() {
            return true;
        }
    }

    /** Of an absent key as well, which nobody has changed since before the load began; to remove it is to give the lease back. */
    private record Loaded<V>(Lease lease) implements Claim<V> {

        @Override
        public Change<V> bind(Change<V> change) {
            Change<V> applied = change.action() == Change.Action.PUT ? change : Change.touch(Ttl.EXPIRED);
            return applied.ifUnchanged(lease);
        }

        @Override
        public @Nullable Outcome<V> settle(Change<V> change, Outcome<V> outcome) {
            if (!outcome.isApplied()) {
                return null;
            }
            return change.action() == Change.Action.PUT ? outcome : Outcome.of(Effect.ABSENT);
        }

        @Override
        public boolean mayRepeat() {
            return true;
        }
    }
}
