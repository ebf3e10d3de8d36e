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
    public Claim<V> claim(K key, @Nullable Entry<V> read, int attempt, boolean isForgiving) {
        return new Versioned<>(read, isForgiving);
    }

    @Override
    public Claim<V> claimOfLoad(K key, Lease lease) {
        return new Loaded<>(lease);
    }

    private record Versioned<V>(@Nullable Entry<V> read, boolean isForgiving) implements Claim<V> {

        @Override
        public Change<V> bind(Change<V> change) {
            Change<V> wished = isForgiving ? change.orInvalidate() : change;
            if (read != null) {
                return wished.ifUnchanged(read);
            }
            return change.action() == Change.Action.PUT ? wished.ifAbsent() : wished;
        }

        @Override
        public @Nullable Outcome<V> settle(Change<V> change, Outcome<V> outcome) {
            boolean removesNothing = read == null && change.action() == Change.Action.REMOVE;
            return outcome.isApplied() || removesNothing ? outcome : null;
        }

        @Override
        public boolean mayRepeat() {
            return true;
        }
    }

    /** Of an absent key; to remove it means to give the lease back. */
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
            return change.action() == Change.Action.PUT ? outcome : Outcome.of(Outcome.Effect.ABSENT);
        }

        @Override
        public boolean mayRepeat() {
            return true;
        }
    }
}
