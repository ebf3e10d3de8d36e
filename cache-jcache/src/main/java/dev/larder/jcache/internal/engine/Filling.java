package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.expiry.Expiry;
import dev.larder.jcache.internal.load.Loading;
import dev.larder.store.Change;
import dev.larder.store.Lease;
import dev.larder.store.Store;
import dev.larder.store.Ttl;

/** Stores loaded values: a load is a creation, or an update if it replaces a value, and no write to the writer. */
record Filling<K, V>(Store<K, V> store, Mutations<K, V> mutations, Expiry expiry) implements Loading.Fill<K, V> {

    @Override
    public void fill(K key, V value, Lease lease) {
        mutations.fill(key, mutations.forgiving(put(key, value).ifUnchanged(lease)));
    }

    @Override
    public void end(K key, Lease lease) {
        mutations.fill(key, mutations.forgiving(Change.<V>remove().ifUnchanged(lease)));
    }

    private Change<V> put(K key, V value) {
        if (expiry.isConstant()) {
            return Change.put(value, expiry.creation(), expiry.update());
        }
        Ttl ttl = store.read(key) == null ? expiry.creation() : expiry.update();
        return Change.put(value, ttl);
    }
}
