package dev.larder.jcache.concurrency;

import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.heap.HeapStore;
import dev.larder.testkit.interleave.Interleaving;
import dev.larder.testkit.interleave.PointedStore;

/** Opens heap stores that come to the points of a run. */
public record PointedStores(Interleaving run) implements StoreFactory {

    @Override
    public <K, V> Store<K, V> open(StoreContext<K, V> context) {
        return new PointedStore<>(HeapStore.unbounded().open(context), run::point);
    }
}
