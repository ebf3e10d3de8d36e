package dev.larder.jcache.internal.guard;

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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Passes every call on, and what a store throws becomes what the standard wants: {@link javax.cache.CacheException}. */
final class TranslatingStore<K, V> implements Store<K, V> {

    private final Store<K, V> store;
    private final StoreErrors errors;

    TranslatingStore(Store<K, V> store, StoreErrors errors) {
        this.store = store;
        this.errors = errors;
    }

    @Override
    public @Nullable Entry<V> read(K key) {
        return errors.<@Nullable Entry<V>>translating(() -> store.read(key));
    }

    @Override
    public @Nullable Entry<V> readLatest(K key) {
        return errors.<@Nullable Entry<V>>translating(() -> store.readLatest(key));
    }

    @Override
    public @Nullable Entry<V> readAndTouch(K key, Ttl ttl) {
        return errors.<@Nullable Entry<V>>translating(() -> store.readAndTouch(key, ttl));
    }

    @Override
    public Map<K, Entry<V>> readAll(Set<? extends K> keys, Ttl touch) {
        return errors.translating(() -> store.readAll(keys, touch));
    }

    @Override
    public Outcome<V> write(K key, Change<V> change) {
        return errors.translating(() -> store.write(key, change));
    }

    @Override
    public Map<K, Outcome<V>> writeAll(Map<? extends K, Change<V>> changes) {
        return errors.translating(() -> store.writeAll(changes));
    }

    @Override
    public LeaseResult<V> lease(K key, @Nullable Entry<V> expected, Duration max) {
        return errors.translating(() -> store.lease(key, expected, max));
    }

    @Override
    public LeaseResult<V> leaseToWrite(K key, @Nullable Entry<V> expected, Duration max) {
        return errors.translating(() -> store.leaseToWrite(key, expected, max));
    }

    @Override
    public Map<K, LeaseResult<V>> leaseAll(Set<? extends K> keys, Duration max) {
        return errors.translating(() -> store.leaseAll(keys, max));
    }

    @Override
    public Cursor<K, V> scan() {
        return new TranslatingCursor<>(errors.translating(store::scan), errors);
    }

    @Override
    public void clear() {
        errors.translating(store::clear);
    }

    @Override
    public void invalidateTags(Set<String> tags) {
        errors.translating(() -> store.invalidateTags(tags));
    }

    @Override
    public long tagNumber() {
        return errors.translating(store::tagNumber);
    }

    @Override
    public long estimatedSize() {
        return errors.translating(store::estimatedSize);
    }

    @Override
    public Map<UnreadableReason, Long> unreadable() {
        return errors.translating(store::unreadable);
    }

    @Override
    public StoreTraits traits() {
        return errors.translating(store::traits);
    }

    @Override
    public void listen(StoreListener<K, V> listener) {
        errors.translating(() -> store.listen(listener));
    }

    @Override
    public void wantNews(News.Wish wish) {
        errors.translating(() -> store.wantNews(wish));
    }

    @Override
    public void destroy() {
        errors.translating(store::destroy);
    }

    @Override
    public void close() {
        errors.translating(store::close);
    }

    /** A walk of which each step is translated. */
    private record TranslatingCursor<K, V>(Cursor<K, V> cursor, StoreErrors errors) implements Cursor<K, V> {

        @Override
        public boolean advance() {
            return errors.translating(cursor::advance);
        }

        @Override
        public K key() {
            return errors.translating(cursor::key);
        }

        @Override
        public Entry<V> entry() {
            return errors.translating(cursor::entry);
        }

        @Override
        public void close() {
            errors.translating(cursor::close);
        }
    }
}
