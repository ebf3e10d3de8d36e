package dev.larder.testkit;

import dev.larder.codec.UnreadableReason;
import dev.larder.store.Change;
import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult;
import dev.larder.store.News;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.StoreListener;
import dev.larder.store.StoreTraits;
import dev.larder.store.Ttl;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Passes every call on to another store; a test extends it where something is to be different.
 *
 * <p>{@code readLatest}, {@code writeAll} and {@code leaseAll} go through {@link #read}, {@link #write} and {@link #lease}, so
 * that it is enough to override these.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public abstract class ForwardingStore<K, V> implements Store<K, V> {

    private final Store<K, V> store;

    /** Creates one over a store. */
    protected ForwardingStore(Store<K, V> store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    @Override
    public @Nullable Entry<V> read(K key) {
        return store.read(key);
    }

    @Override
    public @Nullable Entry<V> readAndTouch(K key, Ttl ttl) {
        return store.readAndTouch(key, ttl);
    }

    @Override
    public Map<K, Entry<V>> readAll(Set<? extends K> keys, Ttl touch) {
        return store.readAll(keys, touch);
    }

    @Override
    public Outcome<V> write(K key, Change<V> change) {
        return store.write(key, change);
    }

    @Override
    public LeaseResult<V> lease(K key, @Nullable Entry<V> expected, Duration max) {
        return store.lease(key, expected, max);
    }

    @Override
    public LeaseResult<V> leaseToWrite(K key, @Nullable Entry<V> expected, Duration max) {
        return store.leaseToWrite(key, expected, max);
    }

    @Override
    public Cursor<K, V> scan() {
        return store.scan();
    }

    @Override
    public void clear() {
        store.clear();
    }

    @Override
    public void invalidateTags(Set<String> tags) {
        store.invalidateTags(tags);
    }

    @Override
    public long tagNumber() {
        return store.tagNumber();
    }

    @Override
    public void destroy() {
        store.destroy();
    }

    @Override
    public long estimatedSize() {
        return store.estimatedSize();
    }

    @Override
    public Map<UnreadableReason, Long> unreadable() {
        return store.unreadable();
    }

    @Override
    public StoreTraits traits() {
        return store.traits();
    }

    @Override
    public void listen(StoreListener<K, V> listener) {
        store.listen(listener);
    }

    @Override
    public void wantNews(News.Wish wish) {
        store.wantNews(wish);
    }

    @Override
    public void close() {
        store.close();
    }
}
