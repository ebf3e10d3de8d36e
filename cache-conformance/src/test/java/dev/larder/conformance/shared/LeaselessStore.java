package dev.larder.conformance.shared;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.LeaseResult;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.testkit.ForwardingStore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A broken store: it grants every lease and asks for none. What tests promise must fail over it. */
public final class LeaselessStore<K, V> extends ForwardingStore<K, V> {

    /** Takes the leases from a store. */
    public LeaselessStore(Store<K, V> store) {
        super(store);
    }

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
            return super.write(key, change);
        }
        Change<V> without = switch (change.action()) {
            case PUT -> Change.put(change.value(), change.onCreate(), change.onUpdate());
            case REMOVE -> Change.remove();
            case TOUCH -> null;
        };
        return without == null
                ? Outcome.of(Outcome.Effect.TOUCHED)
                : super.write(key, change.returnsPrevious() ? without.returningPrevious() : without.tellingEffect());
    }
}
