package dev.larder.conformance.redis;

import dev.larder.store.Change;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.testkit.ForwardingStore;
import java.io.Serial;

/** Opens broken stores: their compare-and-set does not look at the version. What tests promise must fail over them. */
record BlindStores(StoreFactory stores) implements StoreFactory {

    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public <K, V> Store<K, V> open(StoreContext<K, V> context) {
        return new ForwardingStore<>(stores.open(context)) {
            @Override
            public Outcome<V> write(K key, Change<V> change) {
                boolean isSet = change.condition() == Change.Condition.ENTRY && change.action() == Change.Action.PUT;
                return super.write(
                        key,
                        isSet
                                ? Change.put(change.value(), change.onCreate(), change.onUpdate())
                                        .tellingEffect()
                                : change);
            }
        };
    }
}
