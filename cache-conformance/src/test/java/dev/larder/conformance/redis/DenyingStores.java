package dev.larder.conformance.redis;

import dev.larder.store.Change;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.StoreFactory;
import dev.larder.testkit.ForwardingStore;
import java.io.Serial;

/** Opens broken stores: of a change of which nobody knows whether it was made they say that it was not, so that it is made again. */
record DenyingStores(StoreFactory stores) implements StoreFactory {

    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public <K, V> Store<K, V> open(StoreContext<K, V> context) {
        return new ForwardingStore<>(stores.open(context)) {
            @Override
            public Outcome<V> write(K key, Change<V> change) {
                try {
                    return super.write(key, change);
                } catch (StoreException e) {
                    throw new StoreException("denied: " + e.getMessage(), Applied.NO, e);
                }
            }
        };
    }
}
