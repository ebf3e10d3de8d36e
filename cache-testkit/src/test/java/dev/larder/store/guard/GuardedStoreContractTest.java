package dev.larder.store.guard;

import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.heap.HeapStore;
import dev.larder.testkit.StoreContract;

/** While its store is well, a guarded store is a store like any other. */
class GuardedStoreContractTest extends StoreContract {

    @Override
    protected StoreFactory factory() {
        return new StoreFactory() {
            @Override
            public <K, V> Store<K, V> open(StoreContext<K, V> context) {
                return new GuardedStore<>(HeapStore.unbounded().open(context), context, OnStoreFailure.FAIL);
            }
        };
    }
}
