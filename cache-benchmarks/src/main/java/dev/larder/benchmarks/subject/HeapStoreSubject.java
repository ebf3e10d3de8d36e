package dev.larder.benchmarks.subject;

import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.Ttl;
import dev.larder.store.heap.HeapStore;

/** Larder's heap store with no engine above it, so that no rule of the standard holds. */
final class HeapStoreSubject implements Subject {

    private static final long HOUR_MILLIS = 3_600_000;

    @Override
    public Target open(CacheSpec spec) {
        if (spec.statistics() || spec.loader() != null || spec.writing() != Writing.NONE || spec.listening()) {
            throw new UnsupportedOperationException("a store has neither statistics, loader, writer nor listener");
        }
        StoreFactory factory = spec.isBounded() ? HeapStore.ofMaximumSize(spec.bound()) : HeapStore.unbounded();
        Store<Integer, Object> store = factory.open(
                StoreContext.of("store", Integer.class, Object.class).withLeases(false));
        return new StoreTarget(store, spec.expiry() == Expiry.ETERNAL ? Ttl.ETERNAL : Ttl.ofMillis(HOUR_MILLIS));
    }

    @Override
    public void close() {}
}
