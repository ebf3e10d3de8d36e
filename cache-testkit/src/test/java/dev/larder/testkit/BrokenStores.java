package dev.larder.testkit;

import dev.larder.store.Change;
import dev.larder.store.Change.Action;
import dev.larder.store.Change.Condition;
import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.LeaseResult;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.StoreListener;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Stores that break one rule each, in the way that a store could really be wrong. */
final class BrokenStores {

    private BrokenStores() {}

    /** Fills a key whoever comes with a lease. */
    static final class IgnoresTheLease<K, V> extends ForwardingStore<K, V> {

        IgnoresTheLease(Store<K, V> sound) {
            super(sound);
        }

        @Override
        public Outcome<V> write(K key, Change<V> change) {
            boolean fills = change.action() == Action.PUT && change.condition() == Condition.LEASE;
            return super.write(key, fills ? unconditional(change) : change);
        }
    }

    /**
     * Does a fill once more when the key has been removed since, as if a message of it had been on its way twice. A removal returns
     * when there is a fill for the next one to be overtaken by, so that no race is needed to see it.
     */
    static final class RepeatsFills<K, V> extends ForwardingStore<K, V> {

        private final BlockingQueue<Change<V>> fills = new LinkedBlockingQueue<>();

        RepeatsFills(Store<K, V> sound) {
            super(sound);
        }

        @Override
        public Outcome<V> write(K key, Change<V> change) {
            if (change.action() == Action.REMOVE && change.condition() == Condition.NONE) {
                return remove(key, change);
            }
            Outcome<V> outcome = super.write(key, change);
            if (change.action() == Action.PUT && change.condition() == Condition.LEASE && outcome.isApplied()) {
                fills.add(change);
            }
            return outcome;
        }

        private Outcome<V> remove(K key, Change<V> removal) {
            Outcome<V> outcome = super.write(key, removal);
            Change<V> fill = fills.poll();
            if (fill != null) {
                super.write(key, unconditional(fill));
            }
            fills.clear();
            awaitFill();
            return outcome;
        }

        private void awaitFill() {
            try {
                Change<V> fill = fills.poll(10, TimeUnit.SECONDS);
                if (fill != null) {
                    fills.add(fill);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Looks whether a key is absent, and then puts. */
    static final class PutsIfAbsentInTwoSteps<K, V> extends ForwardingStore<K, V> {

        PutsIfAbsentInTwoSteps(Store<K, V> sound) {
            super(sound);
        }

        @Override
        public Outcome<V> write(K key, Change<V> change) {
            if (change.condition() != Condition.ABSENT) {
                return super.write(key, change);
            }
            Entry<V> found = read(key);
            LockSupport.parkNanos(1);
            return found == null ? super.write(key, unconditional(change)) : Outcome.of(Effect.MISMATCH, found, null);
        }
    }

    /** Lets entries die too late or too early. */
    static final class ShiftsDeadlines<K, V> extends ForwardingStore<K, V> {

        private final long byMillis;

        ShiftsDeadlines(Store<K, V> sound, long byMillis) {
            super(sound);
            this.byMillis = byMillis;
        }

        @Override
        public @Nullable Entry<V> readAndTouch(K key, Ttl ttl) {
            return super.readAndTouch(key, shifted(ttl));
        }

        @Override
        public Outcome<V> write(K key, Change<V> change) {
            return super.write(
                    key,
                    change.isUnconditionalPut()
                            ? Change.put(change.value(), shifted(change.onCreate()), shifted(change.onUpdate()))
                                    .returningPrevious()
                            : change);
        }

        private Ttl shifted(Ttl ttl) {
            return ttl.isFinite() ? Ttl.ofMillis(ttl.millis() + byMillis) : ttl;
        }
    }

    /** Takes a lease for an entry that can be touched. */
    static final class ProlongsLeases<K, V> extends ForwardingStore<K, V> {

        private final Map<K, Lease> leases = new ConcurrentHashMap<>();

        ProlongsLeases(Store<K, V> sound) {
            super(sound);
        }

        @Override
        public LeaseResult<V> lease(K key, @Nullable Entry<V> expected, Duration max) {
            LeaseResult<V> result = super.lease(key, expected, max);
            if (result.isGranted()) {
                leases.put(key, result.requireLease());
            }
            return result;
        }

        @Override
        public Outcome<V> write(K key, Change<V> change) {
            Lease lease = leases.get(key);
            if (lease != null && change.action() == Action.TOUCH && change.condition() == Condition.NONE) {
                super.write(key, Change.<V>touch(change.onUpdate()).ifUnchanged(lease));
            }
            return super.write(key, change);
        }
    }

    /** Moves the deadline of an entry without looking whether it has passed. */
    static final class BringsBackTheDead<K, V> extends ForwardingStore<K, V> {

        private final Map<K, V> lastValues = new ConcurrentHashMap<>();

        BringsBackTheDead(Store<K, V> sound) {
            super(sound);
        }

        @Override
        public Outcome<V> write(K key, Change<V> change) {
            if (change.isUnconditionalPut()) {
                lastValues.put(key, change.value());
            }
            return super.write(key, change);
        }

        @Override
        public @Nullable Entry<V> readAndTouch(K key, Ttl ttl) {
            Entry<V> live = super.readAndTouch(key, ttl);
            V last = lastValues.get(key);
            if (live == null && last != null && ttl.isFinite()) {
                super.write(key, Change.put(last, ttl));
            }
            return live;
        }
    }

    /** Stores tags, and hears of none that is invalidated. */
    static final class IgnoresTagVersions<K, V> extends ForwardingStore<K, V> {

        IgnoresTagVersions(Store<K, V> sound) {
            super(sound);
        }

        @Override
        public void invalidateTags(Set<String> tags) {
            // that is the fault
        }
    }

    /** Takes every value for as new as its write, however long ago it was loaded. */
    static final class StampsWhenWritten<K, V> extends ForwardingStore<K, V> {

        StampsWhenWritten(Store<K, V> sound) {
            super(sound);
        }

        @Override
        public Outcome<V> write(K key, Change<V> change) {
            if (change.tags().isNone()) {
                return super.write(key, change);
            }
            Change<V> stamped = change.withTags(change.tags().asOf(Tags.WHEN_WRITTEN));
            if (change.condition() != Condition.LEASE) {
                return super.write(key, stamped);
            }
            return change.expectedLease().isHeld()
                    ? super.write(key, unconditional(stamped).withTags(stamped.tags()))
                    : super.write(key, change);
        }
    }

    /** Looks at tags in single reads only. */
    static final class ForgetsTagsInBulk<K, V> extends ForwardingStore<K, V> {

        private final Map<K, Entry<V>> lastEntries = new ConcurrentHashMap<>();

        ForgetsTagsInBulk(Store<K, V> sound) {
            super(sound);
        }

        @Override
        public Outcome<V> write(K key, Change<V> change) {
            Outcome<V> outcome = super.write(key, change);
            Entry<V> entry = super.read(key);
            if (entry != null) {
                lastEntries.put(key, entry);
            }
            return outcome;
        }

        @Override
        public Map<K, Entry<V>> readAll(Set<? extends K> keys, Ttl touch) {
            Map<K, Entry<V>> all = super.readAll(keys, touch);
            keys.forEach(key -> {
                Entry<V> last = lastEntries.get(key);
                if (last != null) {
                    all.putIfAbsent(key, last);
                }
            });
            return all;
        }
    }

    /** Forgets to look at the deadline of what a walk meets. */
    static final class MeetsTheDead<K, V> extends ForwardingStore<K, V> {

        private final Map<K, V> everPut = new ConcurrentHashMap<>();

        MeetsTheDead(Store<K, V> sound) {
            super(sound);
        }

        @Override
        public Outcome<V> write(K key, Change<V> change) {
            if (change.isUnconditionalPut()) {
                everPut.put(key, change.value());
            }
            return super.write(key, change);
        }

        @Override
        public Cursor<K, V> scan() {
            Iterator<Map.Entry<K, V>> all = everPut.entrySet().iterator();
            return new Cursor<>() {
                private Map.@Nullable Entry<K, V> here;

                @Override
                public boolean advance() {
                    here = all.hasNext() ? all.next() : null;
                    return here != null;
                }

                @Override
                public K key() {
                    return here.getKey();
                }

                @Override
                public Entry<V> entry() {
                    return here::getValue;
                }

                @Override
                public void close() {
                    here = null;
                }
            };
        }
    }

    /** Takes the entries away one by one, and does not think of the leases. */
    static final class ClearsEntriesOnly<K, V> extends ForwardingStore<K, V> {

        ClearsEntriesOnly(Store<K, V> sound) {
            super(sound);
        }

        @Override
        public void clear() {
            try (Cursor<K, V> cursor = scan()) {
                while (cursor.advance()) {
                    write(cursor.key(), Change.<V>remove().ifUnchanged(cursor.entry()));
                }
            }
        }
    }

    /** Tells the listener what the outcome of the write tells already. */
    static final class TellsTwice<K, V> extends ForwardingStore<K, V> {

        private volatile @Nullable StoreListener<K, V> listener;

        TellsTwice(Store<K, V> sound) {
            super(sound);
        }

        @Override
        public void listen(StoreListener<K, V> newListener) {
            super.listen(newListener);
            listener = newListener;
        }

        @Override
        public Outcome<V> write(K key, Change<V> change) {
            Outcome<V> outcome = super.write(key, change);
            StoreListener<K, V> told = listener;
            if (told != null && outcome.expired() != null) {
                told.expired(key, outcome.expired());
            }
            return outcome;
        }
    }

    /** Overwrites a dead entry as if nothing had been there. */
    static final class TellsNobody<K, V> extends ForwardingStore<K, V> {

        TellsNobody(Store<K, V> sound) {
            super(sound);
        }

        @Override
        public Outcome<V> write(K key, Change<V> change) {
            Outcome<V> outcome = super.write(key, change);
            return Outcome.of(outcome.effect(), outcome.previous(), null);
        }
    }

    /** Reads and does not touch. */
    static final class IgnoresTouches<K, V> extends ForwardingStore<K, V> {

        IgnoresTouches(Store<K, V> sound) {
            super(sound);
        }

        @Override
        public @Nullable Entry<V> readAndTouch(K key, Ttl ttl) {
            return read(key);
        }
    }

    /** Goes on after its end. */
    static final class NeverCloses<K, V> extends ForwardingStore<K, V> {

        NeverCloses(Store<K, V> sound) {
            super(sound);
        }

        @Override
        public void close() {
            // that is the fault
        }
    }

    private static <V> Change<V> unconditional(Change<V> put) {
        return Change.put(put.value(), put.onCreate(), put.onUpdate()).returningPrevious();
    }
}
