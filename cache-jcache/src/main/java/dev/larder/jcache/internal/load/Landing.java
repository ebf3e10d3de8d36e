package dev.larder.jcache.internal.load;

import dev.larder.jcache.Loaded;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.LeaseResult;
import dev.larder.store.LeaseResult.Status;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import dev.larder.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What goes before and after the call of a loader, for each key: the right to store, and what becomes of what was loaded. */
final class Landing<K, V> {

    /** How long a load may take and still be stored. */
    private static final Duration LONGEST_LOAD = Duration.ofMinutes(10);

    private final Store<K, V> store;
    private final Flights<K, V> flights;
    private final LoaderErrors errors;
    private final UnaryOperator<V> copyIn;
    private final Loading.Fill<K, V> fill;
    private final @Nullable LoadMemory<K> memory;
    private final @Nullable Outage outage;
    private final boolean isShared;
    private final LoadsElsewhere<K> elsewhere;

    Landing(
            Store<K, V> store,
            Flights<K, V> flights,
            LoaderErrors errors,
            UnaryOperator<V> copyIn,
            Loading.Fill<K, V> fill,
            LoadParts<K> parts) {
        this.store = store;
        this.flights = flights;
        this.errors = errors;
        this.copyIn = copyIn;
        this.fill = fill;
        this.memory = parts.memory();
        this.isShared = store.traits().shared();
        this.elsewhere = new LoadsElsewhere<>(
                Clock.system(), parts.timed() == null ? 0 : parts.timed().hardMillis());
        this.outage = parts.renewal() == null ? null : parts.renewal().outage();
    }

    /** Returns the entry of a key. */
    @Nullable
    Entry<V> read(K key) {
        return store.read(key);
    }

    /**
     * Asks for the right to store what a flight will bring.
     *
     * @param old the entry to be replaced, or null if the key was found absent
     */
    Right<V> claim(K key, Flight<V> own, @Nullable Entry<V> old) {
        LeaseResult<V> leased = store.lease(key, old, LONGEST_LOAD);
        if (old != null && leased.status() == Status.ABSENT && flights.isJoinable(key, own)) {
            // evicted or expired: who came meanwhile found nothing, and waits for this flight
            return claim(key, own, null);
        }
        // an invalidation of tags overtakes loads and leaves their leases: not every load brings those tags
        boolean isBusy = old == null && leased.status() == Status.BUSY;
        Lease lease = isBusy ? flights.leaseOfOvertaken(key) : leased.lease();
        return new Right<>(
                lease, old != null, answer(leased, old), isBusy && lease == null && isWantedElsewhere(key, own));
    }

    /**
     * Does so, unless the entry to be replaced could not be a moment ago, and is the answer. That is asked only when the claim shows
     * that the entry is there still: who joined the flight meanwhile may know that it was taken away.
     */
    Right<V> claimUnlessPaused(K key, Flight<V> own, @Nullable Entry<V> old) {
        Right<V> right = claim(key, own, old);
        Lease lease = right.lease();
        if (old == null || lease == null || !right.isOverEntry() || memory == null || !memory.isPaused(key)) {
            return right;
        }
        release(key, lease);
        return new Right<>(null, true, old.value(), false);
    }

    /** Does so, and waits for another JVM that loads the same absent key, unless a lock is held for this load. */
    Right<V> claimOrAwait(K key, Flight<V> own, @Nullable Entry<V> old) {
        Right<V> right = claimUnlessPaused(key, own, old);
        return own.goesAlone() ? right : elsewhere.await(key, right, () -> claimAgain(key, own));
    }

    /** The entry that was there has gone, and what flights of this JVM had a right to when they took off is not asked again. */
    private Right<V> claimAgain(K key, Flight<V> own) {
        LeaseResult<V> leased = store.lease(key, null, LONGEST_LOAD);
        return new Right<>(
                leased.lease(),
                false,
                answer(leased, null),
                leased.status() == Status.BUSY && isWantedElsewhere(key, own));
    }

    /** Whether it is another JVM that has the lease of a key, as far as this one can tell. */
    private boolean isWantedElsewhere(K key, Flight<V> own) {
        return isShared && flights.isAlone(key, own) && !fill.isKeyHeld(key);
    }

    /** Who would replace an entry and may not has a value: another has replaced it, or is about to, or it was taken away. */
    private static <V> @Nullable V answer(LeaseResult<V> leased, @Nullable Entry<V> old) {
        Entry<V> present = leased.entry();
        if (present != null) {
            return present.value();
        }
        return old == null || leased.isGranted() ? null : old.value();
    }

    /** Hands out what was loaded, and returns it as the cache's own. */
    @Nullable
    Loaded<V> land(K key, Flight<V> own, @Nullable Loaded<V> loaded) {
        Loaded<V> ours = own(loaded);
        remember(key, own, ours);
        own.land(ours);
        return ours;
    }

    /** Makes what was loaded the cache's own. */
    @Nullable
    Loaded<V> own(@Nullable Loaded<V> loaded) {
        if (loaded == null) {
            return null;
        }
        if (!loaded.tags().isEmpty() && !store.traits().tags()) {
            throw errors.noTags();
        }
        return loaded.withValue(copyIn.apply(loaded.value()));
    }

    private void remember(K key, Flight<V> own, @Nullable Loaded<V> loaded) {
        if (memory != null) {
            flights.unlessOvertaken(key, own, loaded == null ? () -> memory.absent(key) : () -> memory.forget(key));
        }
        if (outage != null) {
            outage.over();
        }
    }

    /**
     * Remembers that the loader failed. An error says nothing of the source, and nor does what an interrupt of the caller brought
     * about.
     */
    void rememberFailure(K key, Flight<V> own, Throwable cause) {
        if (memory != null
                && cause instanceof Exception failure
                && !Thread.currentThread().isInterrupted()) {
            flights.unlessOvertaken(key, own, () -> memory.failed(key, failure));
        }
    }

    /** Ends a load that failed. Before those who wait for it hear of that, the way is free for the next load. */
    void crash(K key, Flight<V> own, @Nullable Lease lease, Throwable cause) {
        try {
            release(key, lease);
        } finally {
            flights.end(key, own);
            own.crash(cause);
        }
    }

    /**
     * Stores what was loaded, if that may be done.
     *
     * @param ends whether an entry ends that the source has no value for any more
     */
    void store(K key, @Nullable Loaded<V> loaded, Right<V> right, boolean ends) {
        Lease lease = right.lease();
        if (lease == null) {
            return;
        }
        if (loaded != null) {
            fill(key, lease, () -> fill.fill(key, loaded, lease));
        } else if (ends && right.isOverEntry()) {
            fill(key, lease, () -> fill.end(key, lease));
        } else {
            release(key, lease);
        }
    }

    private void fill(K key, Lease lease, Runnable change) {
        try {
            change.run();
        } catch (Throwable e) {
            // nobody could store this key before the lease ran out
            release(key, lease);
            throw e;
        }
    }

    /** Gives a lease back; one that was used or voided is left alone. */
    void release(K key, @Nullable Lease lease) {
        if (lease != null) {
            store.write(key, Change.<V>touch(Ttl.EXPIRED).ifUnchanged(lease).orInvalidate());
        }
    }
}
