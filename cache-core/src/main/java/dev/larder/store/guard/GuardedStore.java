package dev.larder.store.guard;

import dev.larder.store.Change;
import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.StoreListener;
import dev.larder.store.StoreTraits;
import dev.larder.store.Ttl;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store that can fail, made safe to stand behind a cache.
 *
 * <p><b>Promise.</b> In this JVM no replaced value is read again: a put or removal that did not reach the store, or may
 * not have, makes its key <em>pending</em>, and the store is asked nothing about a pending key before that key has been removed
 * from it. Another JVM may read the old value until then or until its TTL ends; so may all, if this JVM dies first.
 *
 * <p><b>While the store fails</b> and {@link OnStoreFailure#DEGRADE} is chosen:
 *
 * <ul>
 *   <li>reads find nothing, a request for a lease is told that the store is unavailable;
 *   <li>a change that allows it ({@link Change#orInvalidate()}) is remembered and counts as done;
 *   <li>everything else throws {@link StoreException}; a clear is remembered as well.
 * </ul>
 *
 * <p>With {@link OnStoreFailure#FAIL} everything throws, and what has an unknown outcome is pending too. In both, a
 * {@link Breaker} stops calls that would only fail, and pending keys are removed as soon as the store answers again: before it
 * is asked about them, and by and by in the background. Nobody is told of those removals.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class GuardedStore<K, V> implements Store<K, V> {

    private static final System.Logger LOGGER = System.getLogger(GuardedStore.class.getName());

    private static final int FAILURES_TO_OPEN = 5;
    private static final long OPEN_MILLIS = 500;
    private static final long REPLAY_MILLIS = 500;
    private static final int PENDING_CAPACITY = 100_000;

    private final Store<K, V> store;
    private final StoreContext<K, V> context;
    private final OnStoreFailure onFailure;
    private final Breaker breaker;
    private final PendingInvalidations<K> pending = new PendingInvalidations<>(PENDING_CAPACITY);
    private final Degradation degradation;
    private final AtomicBoolean replayIsComing = new AtomicBoolean();
    private volatile boolean closed;

    /** Guards a store that was opened with that context. */
    public GuardedStore(Store<K, V> store, StoreContext<K, V> context, OnStoreFailure onFailure) {
        this.store = store;
        this.context = context;
        this.onFailure = onFailure;
        this.breaker = new Breaker(context.clock(), FAILURES_TO_OPEN, OPEN_MILLIS);
        this.degradation = new Degradation(context.name(), context.clock());
    }

    /** Returns how the store is. */
    public GuardStatus status() {
        return new GuardStatus(
                degradation.isOn() || !pending.isEmpty(),
                degradation.millis(),
                degradation.cause(),
                breaker.isOpen(),
                pending.size());
    }

    @Override
    public @Nullable Entry<V> read(K key) {
        return readingEntry(() -> settled(key, () -> store.read(key)));
    }

    @Override
    public @Nullable Entry<V> readLatest(K key) {
        return readingEntry(() -> settled(key, () -> store.readLatest(key)));
    }

    @Override
    public @Nullable Entry<V> readAndTouch(K key, Ttl ttl) {
        return readingEntry(() -> settled(key, () -> store.readAndTouch(key, ttl)));
    }

    @Override
    public Map<K, Entry<V>> readAll(Set<? extends K> keys, Ttl touch) {
        return reading(() -> settled(keys, () -> store.readAll(keys, touch)), Map.of());
    }

    /** Reads, or answers that nothing was found if the store fails and that is forgiven. */
    private <R> R reading(Supplier<R> read, R nothing) {
        try {
            return read.get();
        } catch (StoreException e) {
            if (onFailure == OnStoreFailure.FAIL) {
                throw e;
            }
            return nothing;
        }
    }

    private @Nullable Entry<V> readingEntry(Supplier<@Nullable Entry<V>> read) {
        try {
            return read.get();
        } catch (StoreException e) {
            if (onFailure == OnStoreFailure.FAIL) {
                throw e;
            }
            return null;
        }
    }

    @Override
    public Outcome<V> write(K key, Change<V> change) {
        try {
            return settled(key, () -> store.write(key, change));
        } catch (StoreException e) {
            return unwritten(key, change, e);
        }
    }

    @Override
    public Map<K, Outcome<V>> writeAll(Map<? extends K, Change<V>> changes) {
        try {
            return settled(changes.keySet(), () -> store.writeAll(changes));
        } catch (StoreException e) {
            Map<K, Outcome<V>> outcomes = new LinkedHashMap<>();
            changes.forEach((key, change) -> outcomes.put(key, unwritten(key, change, e)));
            return outcomes;
        }
    }

    /** Answers a change that failed, or throws the failure; either way the key is pending if it may be wrong now. */
    private Outcome<V> unwritten(K key, Change<V> change, StoreException failure) {
        boolean forgiven = onFailure == OnStoreFailure.DEGRADE && change.invalidatesOnFailure();
        if (forgiven || failure.applied() == Applied.UNKNOWN) {
            pending.add(key);
            replayLater();
        }
        if (!forgiven) {
            throw failure;
        }
        return Outcome.of(change.action() == Change.Action.PUT ? Effect.APPLIED : Effect.ABSENT);
    }

    @Override
    public LeaseResult<V> lease(K key, @Nullable Entry<V> expected, Duration max) {
        return reading(() -> settled(key, () -> store.lease(key, expected, max)), LeaseResult.unavailable());
    }

    @Override
    public Map<K, LeaseResult<V>> leaseAll(Set<? extends K> keys, Duration max) {
        return reading(() -> settled(keys, () -> store.leaseAll(keys, max)), unavailable(keys));
    }

    private static <K, V> Map<K, LeaseResult<V>> unavailable(Set<? extends K> keys) {
        Map<K, LeaseResult<V>> results = new HashMap<>();
        keys.forEach(key -> results.put(key, LeaseResult.unavailable()));
        return results;
    }

    @Override
    public Cursor<K, V> scan() {
        pending.keys().forEach(this::settle);
        return settled(Set.of(), store::scan);
    }

    @Override
    public void clear() {
        try {
            call(() -> {
                store.clear();
                return pending;
            });
        } catch (StoreException e) {
            pending.addAll();
            replayLater();
            throw e;
        }
    }

    private <R extends @Nullable Object> R settled(K key, Supplier<R> operation) {
        // in this order: a key that is marked no more because all are is then seen to be among all
        settle(key);
        settleAll();
        return call(operation);
    }

    private <R extends @Nullable Object> R settled(Set<? extends K> keys, Supplier<R> operation) {
        if (!pending.isEmpty()) {
            keys.forEach(this::settle);
        }
        settleAll();
        return call(operation);
    }

    private void settleAll() {
        pending.settleAll(() -> call(() -> {
            store.clear();
            return pending;
        }));
    }

    private void settle(K key) {
        pending.settle(key, marked -> call(() -> store.write(marked, Change.remove())));
    }

    private <R extends @Nullable Object> R call(Supplier<R> operation) {
        if (!breaker.tryPass()) {
            throw new StoreException(
                    "the store of cache \"" + context.name() + "\" failed and is not asked just now: "
                            + degradation.cause(),
                    Applied.NO,
                    null);
        }
        R answer;
        try {
            answer = operation.get();
        } catch (StoreException e) {
            breaker.failed();
            degradation.begin(e);
            throw e;
        }
        breaker.succeeded();
        degradation.end();
        return answer;
    }

    private void replayLater() {
        if (closed || !replayIsComing.compareAndSet(false, true)) {
            return;
        }
        WeakReference<GuardedStore<K, V>> guarded = new WeakReference<>(this);
        Runnable replay = () -> {
            GuardedStore<K, V> target = guarded.get();
            if (target != null) {
                target.replay();
            }
        };
        context.timer().runAfter(REPLAY_MILLIS, replay, context.executor());
    }

    private void replay() {
        replayIsComing.set(false);
        try {
            settleAll();
            pending.keys().forEach(this::settle);
        } catch (StoreException e) {
            LOGGER.log(Level.DEBUG, "the store of cache \"" + context.name() + "\" still fails", e);
        } catch (IllegalStateException e) {
            // closed meanwhile: nobody will read what is left
            return;
        }
        if (!pending.isEmpty()) {
            replayLater();
        }
    }

    @Override
    public long estimatedSize() {
        return store.estimatedSize();
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
    public void destroy() {
        closed = true;
        store.destroy();
    }

    @Override
    public void close() {
        closed = true;
        store.close();
    }
}
