package dev.larder.conformance.shared;

import dev.larder.store.Change;
import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.LeaseResult;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.StoreListener;
import dev.larder.store.StoreTraits;
import dev.larder.store.Ttl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A broken store: it grants every lease and asks for none. What tests promise must fail over it. */
record LeaselessStore<K, V>(Store<K, V> store) implements Store<K, V> {

    /** A lease that means nothing. */
    private enum Worthless implements Lease {
        LEASE;

        @Override
        public boolean isHeld() {
            return true;
        }
    }

    @Override
    public LeaseResult<V> lease(K key, @Nullable Entry<V> expected, Duration max) {
        return LeaseResult.granted(Worthless.LEASE);
    }

    @Override
    public LeaseResult<V> leaseToWrite(K key, @Nullable Entry<V> expected, Duration max) {
        return LeaseResult.granted(Worthless.LEASE);
    }

    @Override
    public Outcome<V> write(K key, Change<V> change) {
        if (change.condition() != Change.Condition.LEASE) {
            return store.write(key, change);
        }
        Change<V> without = switch (change.action()) {
            case PUT -> Change.put(change.value(), change.onCreate(), change.onUpdate());
            case REMOVE -> Change.remove();
            case TOUCH -> null;
        };
        return without == null
                ? Outcome.of(Outcome.Effect.TOUCHED)
                : store.write(key, change.returnsPrevious() ? without.returningPrevious() : without.tellingEffect());
    }

    @Override
    public @Nullable Entry<V> read(K key) {
        return store.read(key);
    }

    @Override
    public @Nullable Entry<V> readAndTouch(K key, Ttl ttl) {
        return store.readAndTouch(key, ttl);
    }

    @Override
    public Cursor<K, V> scan() {
        return store.scan();
    }

    @Override
    public void clear() {
        store.clear();
    }

    @Override
    public void destroy() {
        store.destroy();
    }

    @Override
    public StoreTraits traits() {
        return store.traits();
    }

    @Override
    public void listen(StoreListener<K, V> listener) {
        store.listen(listener);
    }

    @Override
    public void close() {
        store.close();
    }
}
