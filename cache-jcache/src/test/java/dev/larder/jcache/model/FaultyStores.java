package dev.larder.jcache.model;

import dev.larder.jcache.fixture.ForwardingStore;
import dev.larder.store.Change;
import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreListener;
import dev.larder.store.StoreTraits.ExpiryNews;
import dev.larder.store.Ttl;
import dev.larder.store.heap.HeapStore;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Stores with one fault each, which the model must find. */
final class FaultyStores {

    private FaultyStores() {}

    static Stream<TestedStore> all() {
        return Stream.of(
                store("forgets the deadline on an update", ForgetsDeadlines::new),
                store("lets entries live for a millisecond too long", LivesTooLong::new),
                store("drops a removal once in a while", DropsRemovals::new),
                store("puts whatever value was expected", IgnoresValues::new),
                store("touches nothing in bulk", ForgetsBulkTouches::new),
                store("tells of what expired without its value", ForgetsTheDead::new),
                store("does not tell of the dead that a change finds", HidesTheDead::new),
                store("ends a walk after one entry", WalksOneStep::new),
                store("invalidates the first tag only", InvalidatesOneTag::new),
                new TestedStore("says that it copies, and does not", HeapStore.unbounded(), false, ExpiryNews.VALUE));
    }

    private static TestedStore store(String name, StoreFactory factory) {
        return new TestedStore(name, factory, true, ExpiryNews.VALUE);
    }

    private static final class ForgetsDeadlines<K, V> extends ForwardingStore<K, V> {

        ForgetsDeadlines(StoreContext<K, V> context) {
            super(context);
        }

        @Override
        public Outcome<V> write(K key, Change<V> change) {
            boolean keepsDeadline =
                    change.isUnconditionalPut() && change.onUpdate().isUnchanged();
            return super.write(
                    key,
                    keepsDeadline
                            ? Change.put(change.value(), change.onCreate(), Ttl.ETERNAL)
                                    .returningPrevious()
                            : change);
        }
    }

    private static final class LivesTooLong<K, V> extends ForwardingStore<K, V> {

        LivesTooLong(StoreContext<K, V> context) {
            super(context);
        }

        @Override
        public Outcome<V> write(K key, Change<V> change) {
            boolean isTimed = change.isUnconditionalPut() && change.onCreate().isFinite();
            return super.write(
                    key,
                    isTimed
                            ? Change.put(
                                            change.value(),
                                            Ttl.ofMillis(change.onCreate().millis() + 1),
                                            change.onUpdate())
                                    .returningPrevious()
                            : change);
        }
    }

    private static final class DropsRemovals<K, V> extends ForwardingStore<K, V> {

        private int removals;

        DropsRemovals(StoreContext<K, V> context) {
            super(context);
        }

        @Override
        public Outcome<V> write(K key, Change<V> change) {
            Entry<V> live = read(key);
            boolean drops = change.action() == Change.Action.REMOVE && live != null && ++removals % 5 == 0;
            return drops ? Outcome.of(Effect.REMOVED, live, null) : super.write(key, change);
        }
    }

    private static final class IgnoresValues<K, V> extends ForwardingStore<K, V> {

        IgnoresValues(StoreContext<K, V> context) {
            super(context);
        }

        @Override
        public Outcome<V> write(K key, Change<V> change) {
            boolean replaces = change.action() == Change.Action.PUT && change.condition() == Change.Condition.VALUE;
            return super.write(
                    key,
                    replaces
                            ? Change.put(change.value(), change.onUpdate())
                                    .ifPresent()
                                    .returningPrevious()
                            : change);
        }
    }

    private static final class ForgetsBulkTouches<K, V> extends ForwardingStore<K, V> {

        ForgetsBulkTouches(StoreContext<K, V> context) {
            super(context);
        }

        @Override
        public Map<K, Entry<V>> readAll(Set<? extends K> keys, Ttl touch) {
            return super.readAll(keys, Ttl.UNCHANGED);
        }
    }

    private static final class ForgetsTheDead<K, V> extends ForwardingStore<K, V> {

        ForgetsTheDead(StoreContext<K, V> context) {
            super(context);
        }

        @Override
        public void listen(StoreListener<K, V> listener) {
            super.listen(new StoreListener<>() {
                @Override
                public void expired(K key, Entry<V> entry) {
                    listener.expired(key, null);
                }

                @Override
                public void evicted(K key) {
                    listener.evicted(key);
                }

                @Override
                public void invalidated(K key) {
                    listener.invalidated(key);
                }
            });
        }
    }

    private static final class HidesTheDead<K, V> extends ForwardingStore<K, V> {

        HidesTheDead(StoreContext<K, V> context) {
            super(context);
        }

        @Override
        public Outcome<V> write(K key, Change<V> change) {
            Outcome<V> outcome = super.write(key, change);
            return outcome.effect() == Effect.CREATED ? Outcome.of(Effect.CREATED, null, null) : outcome;
        }
    }

    private static final class InvalidatesOneTag<K, V> extends ForwardingStore<K, V> {

        InvalidatesOneTag(StoreContext<K, V> context) {
            super(context);
        }

        @Override
        public void invalidateTags(Set<String> tags) {
            // by the alphabet: a set of the JDK's has another first element in each JVM
            super.invalidateTags(Set.of(Collections.min(tags)));
        }
    }

    private static final class WalksOneStep<K, V> extends ForwardingStore<K, V> {

        WalksOneStep(StoreContext<K, V> context) {
            super(context);
        }

        @Override
        public Cursor<K, V> scan() {
            Cursor<K, V> whole = super.scan();
            return new Cursor<>() {
                private boolean hasMoved;

                @Override
                public boolean advance() {
                    boolean moves = !hasMoved && whole.advance();
                    hasMoved = true;
                    return moves;
                }

                @Override
                public K key() {
                    return whole.key();
                }

                @Override
                public Entry<V> entry() {
                    return whole.entry();
                }

                @Override
                public void close() {
                    whole.close();
                }
            };
        }
    }
}
