package dev.larder.testkit;

import dev.larder.store.Change;
import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.StoreListener;
import dev.larder.store.StoreTraits;
import dev.larder.store.Ttl;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Passes every call on; a broken store overrides the one that it breaks. */
abstract class ForwardingStore<K, V> implements Store<K, V> {

    final Store<K, V> sound;

    ForwardingStore(Store<K, V> sound) {
        this.sound = sound;
    }

    @Override
    public @Nullable Entry<V> read(K key) {
        return sound.read(key);
    }

    @Override
    public @Nullable Entry<V> readAndTouch(K key, Ttl ttl) {
        return sound.readAndTouch(key, ttl);
    }

    @Override
    public Map<K, Entry<V>> readAll(Set<? extends K> keys, Ttl touch) {
        return sound.readAll(keys, touch);
    }

    @Override
    public Outcome<V> write(K key, Change<V> change) {
        return sound.write(key, change);
    }

    @Override
    public LeaseResult<V> lease(K key, @Nullable Entry<V> expected, Duration max) {
        return sound.lease(key, expected, max);
    }

    @Override
    public LeaseResult<V> leaseToWrite(K key, @Nullable Entry<V> expected, Duration max) {
        return sound.leaseToWrite(key, expected, max);
    }

    @Override
    public Cursor<K, V> scan() {
        return sound.scan();
    }

    @Override
    public void clear() {
        sound.clear();
    }

    @Override
    public void destroy() {
        sound.destroy();
    }

    @Override
    public long estimatedSize() {
        return sound.estimatedSize();
    }

    @Override
    public StoreTraits traits() {
        return sound.traits();
    }

    @Override
    public void listen(StoreListener<K, V> listener) {
        sound.listen(listener);
    }

    @Override
    public void close() {
        sound.close();
    }
}
