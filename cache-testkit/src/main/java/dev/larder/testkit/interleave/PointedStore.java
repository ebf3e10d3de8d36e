package dev.larder.testkit.interleave;

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
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Comes to a point of an {@link Interleaving} before and after each call of a store.
 *
 * <pre>{@code
 * Store<String, String> store = new PointedStore<>(heapStore, run::point);
 * }</pre>
 *
 * <p>The points are called {@code before write(PUT if ABSENT)}, {@code after read} and the like; there is none after a call
 * that fails, and none about what is no operation on entries.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class PointedStore<K, V> implements Store<K, V> {

    private final Store<K, V> store;
    private final Consumer<String> point;

    /**
     * Creates one over a store.
     *
     * @param point told the name of each point, on the thread that came to it
     */
    public PointedStore(Store<K, V> store, Consumer<String> point) {
        this.store = Objects.requireNonNull(store, "store");
        this.point = Objects.requireNonNull(point, "point");
    }

    private <R extends @Nullable Object> R call(String name, Supplier<R> call) {
        point.accept("before " + name);
        R answer = call.get();
        point.accept("after " + name);
        return answer;
    }

    private void run(String name, Runnable call) {
        point.accept("before " + name);
        call.run();
        point.accept("after " + name);
    }

    @Override
    public @Nullable Entry<V> read(K key) {
        return this.<@Nullable Entry<V>>call("read", () -> store.read(key));
    }

    @Override
    public @Nullable Entry<V> readLatest(K key) {
        return this.<@Nullable Entry<V>>call("readLatest", () -> store.readLatest(key));
    }

    @Override
    public @Nullable Entry<V> readAndTouch(K key, Ttl ttl) {
        return this.<@Nullable Entry<V>>call("readAndTouch", () -> store.readAndTouch(key, ttl));
    }

    @Override
    public Map<K, Entry<V>> readAll(Set<? extends K> keys, Ttl touch) {
        return call("readAll", () -> store.readAll(keys, touch));
    }

    @Override
    public Outcome<V> write(K key, Change<V> change) {
        return call("write(" + change + ")", () -> store.write(key, change));
    }

    @Override
    public Map<K, Outcome<V>> writeAll(Map<? extends K, Change<V>> changes) {
        return call("writeAll", () -> store.writeAll(changes));
    }

    @Override
    public LeaseResult<V> lease(K key, @Nullable Entry<V> expected, Duration max) {
        return call("lease", () -> store.lease(key, expected, max));
    }

    @Override
    public LeaseResult<V> leaseToWrite(K key, @Nullable Entry<V> expected, Duration max) {
        return call("leaseToWrite", () -> store.leaseToWrite(key, expected, max));
    }

    @Override
    public Map<K, LeaseResult<V>> leaseAll(Set<? extends K> keys, Duration max) {
        return call("leaseAll", () -> store.leaseAll(keys, max));
    }

    @Override
    public Cursor<K, V> scan() {
        return call("scan", store::scan);
    }

    @Override
    public void clear() {
        run("clear", store::clear);
    }

    @Override
    public void invalidateTags(Set<String> tags) {
        run("invalidateTags", () -> store.invalidateTags(tags));
    }

    @Override
    public long tagNumber() {
        return store.tagNumber();
    }

    @Override
    public void destroy() {
        run("destroy", store::destroy);
    }

    @Override
    public void close() {
        run("close", store::close);
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
}
