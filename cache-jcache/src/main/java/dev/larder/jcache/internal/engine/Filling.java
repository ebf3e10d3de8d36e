package dev.larder.jcache.internal.engine;

import dev.larder.jcache.Loaded;
import dev.larder.jcache.internal.expiry.Expiry;
import dev.larder.jcache.internal.expiry.Lifetimes;
import dev.larder.jcache.internal.load.Loading;
import dev.larder.store.Change;
import dev.larder.store.Lease;
import dev.larder.store.Store;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Stores loaded values: a load is a creation, or an update if it replaces a value, and no write to the writer. */
record Filling<K, V>(Store<K, V> store, Mutations<K, V> mutations, Lifetimes lifetimes) implements Loading.Fill<K, V> {

    @Override
    public void fill(K key, Loaded<V> loaded, Lease lease) {
        Change<V> put = put(key, loaded.value(), loaded.ttl()).withTags(Tags.of(loaded.tags()));
        mutations.fill(key, mutations.forgiving(put.ifUnchanged(lease)));
    }

    @Override
    public boolean isKeyHeld(K key) {
        return mutations.locks().isHeldByThisThread(key);
    }

    private Change<V> put(K key, V value, @Nullable Duration ttl) {
        return ttl == null ? put(key, value) : Mutations.putOf(value, mutations.lifetime(Ttl.of(ttl)));
    }

    @Override
    public void end(K key, Lease lease) {
        mutations.fill(key, mutations.forgiving(Change.<V>remove().ifUnchanged(lease)));
    }

    private Change<V> put(K key, V value) {
        Expiry expiry = lifetimes.of(key);
        if (expiry.isConstant()) {
            return Change.put(value, expiry.creation(), expiry.update());
        }
        Ttl ttl = store.read(key) == null ? expiry.creation() : expiry.update();
        return Change.put(value, ttl);
    }
}
