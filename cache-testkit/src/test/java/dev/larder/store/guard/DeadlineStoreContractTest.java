package dev.larder.store.guard;

import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.heap.HeapStore;
import dev.larder.testkit.StoreContract;
import dev.larder.time.Timer;

/** While its store answers in time, a store with a deadline is a store like any other. */
class DeadlineStoreContractTest extends StoreContract {

    @Override
    protected StoreFactory factory() {
        return new StoreFactory() {
            @Override
            public <K, V> Store<K, V> open(StoreContext<K, V> context) {
                // the contract moves time as it likes, also while calls are under way
                Timer never = (delayMillis, task, executor) -> {};
                return new DeadlineStore<>(
                        HeapStore.unbounded().open(context), context.withTime(context.clock(), never));
            }
        };
    }

    /** Each call is made by another thread, which takes many times as long as the call; the store's own races have all rounds. */
    @Override
    protected int rounds(int usual) {
        return Math.max(1, super.rounds(usual) / 5);
    }
}
