package dev.larder.store.heap;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.TagVersions;
import dev.larder.store.Ttl;
import dev.larder.time.Clock;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Grants the leases of a heap store and judges their use; {@link LeaseTable} tells why that is safe. */
final class HeapLeases<K, V> {

    private final LeaseTable<K, V> table = new LeaseTable<>();
    private final Clock clock;
    private final Answers<V> answers;

    HeapLeases(Clock clock, Answers<V> answers) {
        this.clock = clock;
        this.answers = answers;
    }

    LeaseResult<V> grant(
            EntryMap<K, V> entries,
            K key,
            @Nullable Entry<V> expected,
            Duration max,
            boolean isToWrite,
            long tagNumber) {
        long now = clock.millis();
        LeaseResult<V> hindrance = hindrance(entries, key, expected, now);
        if (hindrance != null) {
            return hindrance;
        }
        HeapLease<V> lease = new HeapLease<>(
                clock, expected, isToWrite, tagNumber, Ttl.of(max).deadline(now));
        if (!table.enter(key, lease, held -> standsOrEnds(entries, key, held, isToWrite, now))) {
            return LeaseResult.busy();
        }
        // once more: a change from here on revokes the lease, but one just before knew nothing of it
        hindrance = hindrance(entries, key, expected, now);
        if (hindrance != null) {
            table.leave(key, lease);
            return hindrance;
        }
        return LeaseResult.granted(lease);
    }

    private @Nullable LeaseResult<V> hindrance(EntryMap<K, V> entries, K key, @Nullable Entry<V> expected, long now) {
        HeapEntry<V> found = entries.find(key);
        Entry<V> live = answers.liveAt(found, now);
        if (found == null || live == null) {
            return expected == null ? null : LeaseResult.absent();
        }
        boolean isExpected = expected != null && found.isSame(MeasuredEntry.identityOf(expected));
        return isExpected ? null : LeaseResult.present(live);
    }

    /**
     * Tells whether a lease stands in the way of another; if not, it is ended for good, because no change will find it in the
     * table.
     */
    private boolean standsOrEnds(EntryMap<K, V> entries, K key, HeapLease<V> held, boolean otherIsToWrite, long now) {
        boolean givesWay = otherIsToWrite && !held.isToWrite();
        boolean stands = !givesWay && held.permits(live(entries.find(key), now), now);
        if (!stands) {
            held.revoke();
            entries.awaitStep(key);
        }
        return stands;
    }

    private static <V> @Nullable HeapEntry<V> live(@Nullable HeapEntry<V> found, long now) {
        return found == null || found.deadlineMillis() <= now ? null : found;
    }

    /** Applies a change whose condition is a lease, and which has tags if there are versions of them. */
    Outcome<V> use(EntryMap<K, V> entries, K key, Change<V> change, @Nullable TagVersions versions) {
        @SuppressWarnings("unchecked") // leases are this store's own, so their entries are its too
        HeapLease<V> lease = (HeapLease<V>) change.expectedLease();
        long now = clock.millis();
        if (change.action() == Change.Action.TOUCH) {
            return prolong(entries, key, change, lease, now);
        }
        Use use = new Use(change, lease, versions, now);
        entries.compute(key, use, now);
        table.leave(key, lease);
        return use.outcome;
    }

    /** Moves the end of a lease. What the map shows may change meanwhile; then the lease is void whatever its end. */
    private Outcome<V> prolong(EntryMap<K, V> entries, K key, Change<V> change, HeapLease<V> lease, long now) {
        HeapEntry<V> live = live(entries.find(key), now);
        Ttl ttl = change.onUpdate();
        boolean stood = lease.permits(live, now) && lease.prolong(ttl, now);
        if (!stood || ttl.isExpired()) {
            table.leave(key, lease);
        }
        if (!stood) {
            return answers.leaseIsVoid(change, live, now);
        }
        return Outcome.of(Effect.TOUCHED, answers.previous(change, live, now), null);
    }

    /** Voids the lease of a key that is about to be changed, whatever is there. */
    void overtake(EntryMap<K, V> entries, K key) {
        if (table.revoke(key)) {
            entries.awaitStep(key);
        }
    }

    void revokeAll() {
        table.revokeAll();
    }

    /** Judges a lease and does what it permits, inside the step that changes the map. */
    private final class Use implements BiFunction<K, @Nullable HeapEntry<V>, @Nullable HeapEntry<V>> {

        private final Change<V> change;
        private final HeapLease<V> lease;
        private final @Nullable TagVersions versions;
        private final long now;
        private Outcome<V> outcome = Outcome.of(Effect.ABSENT);

        Use(Change<V> change, HeapLease<V> lease, @Nullable TagVersions versions, long now) {
            this.change = change;
            this.lease = lease;
            this.versions = versions;
            this.now = now;
        }

        @Override
        public @Nullable HeapEntry<V> apply(K key, @Nullable HeapEntry<V> found) {
            HeapEntry<V> live = found == null || found.bury(now) ? null : found;
            if (!lease.permits(live, now)) {
                outcome = answers.leaseIsVoid(change, live, now);
                return found;
            }
            Entry<V> previous = answers.previous(change, live, now);
            HeapEntry<V> next = HeapEntry.after(change, live, now, versions, lease.tagNumber());
            if (isInvalidated(live) || isInvalidated(next)) {
                outcome = answers.leaseIsVoid(change, isInvalidated(live) ? null : live, now);
                return found;
            }
            outcome = answers.applied(change, found, live, next, previous);
            return next;
        }

        /** What is there may have become so just now, and what is to come while it was on its way. */
        private boolean isInvalidated(@Nullable HeapEntry<V> entry) {
            return entry != null && entry.isInvalidated();
        }
    }
}
