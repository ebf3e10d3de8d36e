package dev.larder.jcache.concurrency;

import dev.larder.codec.UnreadableReason;
import dev.larder.store.Change;
import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreListener;
import dev.larder.store.StoreTraits;
import dev.larder.store.Ttl;
import dev.larder.store.heap.HeapStore;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A heap store that tells before and after its calls, so that a test can hold up a thread in between.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class HookedStore<K, V> implements Store<K, V> {

    private final Store<K, V> store;
    private final Consumer<Point> hook;

    /** Where a thread is. */
    public enum Point {
        AFTER_READ,
        BEFORE_LEASE,
        AFTER_LEASE,
        BEFORE_PUT,
        AFTER_PUT,
        BEFORE_REMOVE,
        BEFORE_CLEAR,
        AFTER_CLEAR
    }

    private HookedStore(Store<K, V> store, Consumer<Point> hook) {
        this.store = store;
        this.hook = hook;
    }

    /** Returns a factory of stores that call this hook on the thread that is there. */
    public static StoreFactory with(Consumer<Point> hook) {
        return new Factory(hook);
    }

    @Override
    public Entry<V> read(K key) {
        Entry<V> entry = store.read(key);
        hook.accept(Point.AFTER_READ);
        return entry;
    }

    @Override
    public Entry<V> readAndTouch(K key, Ttl ttl) {
        Entry<V> entry = store.readAndTouch(key, ttl);
        hook.accept(Point.AFTER_READ);
        return entry;
    }

    @Override
    public Outcome<V> write(K key, Change<V> change) {
        switch (change.action()) {
            case PUT -> hook.accept(Point.BEFORE_PUT);
            case REMOVE -> hook.accept(Point.BEFORE_REMOVE);
            case TOUCH -> {}
        }
        Outcome<V> outcome = store.write(key, change);
        if (change.action() == Change.Action.PUT) {
            hook.accept(Point.AFTER_PUT);
        }
        return outcome;
    }

    @Override
    public LeaseResult<V> leaseToWrite(K key, Entry<V> expected, Duration max) {
        return store.leaseToWrite(key, expected, max);
    }

    @Override
    public LeaseResult<V> lease(K key, Entry<V> expected, Duration max) {
        hook.accept(Point.BEFORE_LEASE);
        LeaseResult<V> result = store.lease(key, expected, max);
        hook.accept(Point.AFTER_LEASE);
        return result;
    }

    @Override
    public Cursor<K, V> scan() {
        return store.scan();
    }

    @Override
    public void clear() {
        hook.accept(Point.BEFORE_CLEAR);
        store.clear();
        hook.accept(Point.AFTER_CLEAR);
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
    public void close() {
        store.close();
    }

    private record Factory(Consumer<Point> hook) implements StoreFactory {

        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            return new HookedStore<>(HeapStore.unbounded().open(context), hook);
        }
    }
}
