package dev.larder.jcache.model;

import dev.larder.jcache.fixture.ForwardingStore;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreTraits;

/** A heap store that says that it is shared with others, or that it outlives its JVM: the engine then trusts no lock. */
final class SeeminglyShared<K, V> extends ForwardingStore<K, V> {

    private final StoreTraits traits;

    private SeeminglyShared(StoreContext<K, V> context, boolean shared) {
        super(context);
        StoreTraits own = super.traits();
        traits = new StoreTraits(
                !shared, shared, own.copiesValues(), own.scans(), own.expiryNews(), own.ownClock(), true, own.tags());
    }

    /** Returns what opens such stores: shared ones, or durable ones of one JVM. */
    static StoreFactory opening(boolean shared) {
        return new StoreFactory() {
            @Override
            public <K, V> Store<K, V> open(StoreContext<K, V> context) {
                return new SeeminglyShared<>(context, shared);
            }
        };
    }

    @Override
    public StoreTraits traits() {
        return traits;
    }
}
