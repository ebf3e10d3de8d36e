package dev.larder.jcache.loading;

import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.heap.HeapStore;
import dev.larder.testkit.interleave.PointedStore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Opens heap stores that let something happen once, at a point of {@link PointedStore}. */
record PointedHeap(String at, Runnable happens, AtomicBoolean isArmed) implements StoreFactory {

    static PointedHeap at(String point, Runnable happens) {
        return new PointedHeap(point, happens, new AtomicBoolean());
    }

    /** Lets it happen at the next such point. */
    void arm() {
        isArmed.set(true);
    }

    @Override
    public <K, V> Store<K, V> open(StoreContext<K, V> context) {
        return new PointedStore<>(HeapStore.unbounded().open(context), this::come);
    }

    private void come(String point) {
        if (point.startsWith(at) && isArmed.compareAndSet(true, false)) {
            happens.run();
        }
    }
}
