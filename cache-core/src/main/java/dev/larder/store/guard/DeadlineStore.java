package dev.larder.store.guard;

import dev.larder.codec.UnreadableReason;
import dev.larder.store.Change;
import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult;
import dev.larder.store.News;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.StoreListener;
import dev.larder.store.StoreTimeoutException;
import dev.larder.store.StoreTraits;
import dev.larder.store.Ttl;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives every call of a store a deadline that the store does not keep by itself: the call is made by another thread, and
 * its caller waits for the answer for so long.
 *
 * <p>A call that is late ends in {@link StoreTimeoutException} for its caller, and goes on in its thread until it comes to an
 * end. So many calls may be under way at once, late ones included; one more is refused, and was certainly not made.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class DeadlineStore<K, V> implements Store<K, V> {

    private final Store<K, V> store;
    private final TimedCalls calls;

    /** Puts deadlines on the calls of a store that was opened with that context. */
    public DeadlineStore(Store<K, V> store, StoreContext<K, V> context) {
        this.store = store;
        this.calls = new TimedCalls(context);
    }

    @Override
    public @Nullable Entry<V> read(K key) {
        return calls.<@Nullable Entry<V>>run("read", Applied.NO, () -> store.read(key));
    }

    @Override
    public @Nullable Entry<V> readLatest(K key) {
        return calls.<@Nullable Entry<V>>run("readLatest", Applied.NO, () -> store.readLatest(key));
    }

    @Override
    public @Nullable Entry<V> readAndTouch(K key, Ttl ttl) {
        return calls.<@Nullable Entry<V>>run("readAndTouch", Applied.NO, () -> store.readAndTouch(key, ttl));
    }

    @Override
    public Map<K, Entry<V>> readAll(Set<? extends K> keys, Ttl touch) {
        return calls.run("readAll", Applied.NO, () -> store.readAll(keys, touch));
    }

    @Override
    public Outcome<V> write(K key, Change<V> change) {
        return calls.run("write", Applied.UNKNOWN, () -> store.write(key, change));
    }

    @Override
    public Map<K, Outcome<V>> writeAll(Map<? extends K, Change<V>> changes) {
        return calls.run("writeAll", Applied.UNKNOWN, () -> store.writeAll(changes));
    }

    @Override
    public LeaseResult<V> lease(K key, @Nullable Entry<V> expected, Duration max) {
        return calls.run("lease", Applied.UNKNOWN, () -> store.lease(key, expected, max));
    }

    @Override
    public LeaseResult<V> leaseToWrite(K key, @Nullable Entry<V> expected, Duration max) {
        return calls.run("leaseToWrite", Applied.UNKNOWN, () -> store.leaseToWrite(key, expected, max));
    }

    @Override
    public Map<K, LeaseResult<V>> leaseAll(Set<? extends K> keys, Duration max) {
        return calls.run("leaseAll", Applied.UNKNOWN, () -> store.leaseAll(keys, max));
    }

    @Override
    public Cursor<K, V> scan() {
        return new DeadlineCursor<>(calls.run("scan", Applied.NO, store::scan, Cursor::close), calls);
    }

    @Override
    public void clear() {
        calls.run("clear", Applied.UNKNOWN, store::clear);
    }

    @Override
    public void invalidateTags(Set<String> tags) {
        calls.run("invalidateTags", Applied.UNKNOWN, () -> store.invalidateTags(tags));
    }

    /** Waits for nobody, and so needs no deadline. */
    @Override
    public long tagNumber() {
        return store.tagNumber();
    }

    @Override
    public long estimatedSize() {
        return calls.run("estimatedSize", Applied.NO, store::estimatedSize);
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

    /** Waits for nobody, and so needs no deadline. */
    @Override
    public void wantNews(News.Wish wish) {
        store.wantNews(wish);
    }

    @Override
    public void destroy() {
        calls.runLast("destroy", store::destroy);
    }

    @Override
    public void close() {
        if (!calls.areOver()) {
            calls.runLast("close", store::close);
        }
    }
}
