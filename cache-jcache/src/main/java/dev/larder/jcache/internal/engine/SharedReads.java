package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.stats.Counters;
import dev.larder.store.Store;
import org.jspecify.annotations.Nullable;

/** The same by value, until a value had to be copied. A class of its own, so that reads by reference have no trace of it. */
final class SharedReads<K, V> extends PlainReads<K, V> {

    private final Sharing sharing;

    SharedReads(Store<K, V> store, @Nullable Counters counters, Sharing sharing) {
        super(store, counters);
        this.sharing = sharing;
    }

    @Override
    @Nullable
    V read(K key) {
        V value = super.read(key);
        // in this order: see there
        return sharing.isOfAll() ? value : null;
    }

    /** What is not handed out may be there all the same. */
    @Override
    public boolean leavesMissesToLoader() {
        return false;
    }

    @Override
    public boolean isOver() {
        return !sharing.isOfAll();
    }
}
