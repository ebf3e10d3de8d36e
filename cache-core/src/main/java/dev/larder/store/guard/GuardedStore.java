package dev.larder.store.guard;

import dev.larder.codec.UnreadableReason;
import dev.larder.store.Change;
import dev.larder.store.Change.Action;
import dev.larder.store.Change.Condition;
import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult;
import dev.larder.store.News;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.StoreListener;
import dev.larder.store.StoreTimeoutException;
import dev.larder.store.StoreTraits;
import dev.larder.store.Ttl;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store that can fail, made safe to stand behind a cache.
 *
 * <p><b>Promise.</b> In this JVM no replaced value is read again: a change that did not reach the store though its caller was
 * told that it is done, or that may or may not have reached it, makes its key <em>pending</em>, and the store is asked nothing
 * about a pending key before that key has been removed from it. Another JVM may read the old value until then or until its TTL
 * ends; so may all, if this JVM dies first.
 *
 * <p><b>While the store fails</b> and {@link OnStoreFailure#DEGRADE} is chosen:
 *
 * <ul>
 *   <li>reads find nothing, a request for a lease is told that the store is unavailable;
 *   <li>a change that allows it ({@link Change#orInvalidate()}) is remembered and counts as done; one that needs a lease is
 *       refused, as if the lease were lost, and its key is pending; a touch of an entry that was read is left out;
 *   <li>everything else throws {@link StoreException}; a clear and an invalidation of tags are remembered as well. That includes {@link #readLatest}: whoever
 *       decides something by what it finds must not take a store that is silent for one that is empty.
 * </ul>
 *
 * <p>With {@link OnStoreFailure#FAIL} everything throws, and what has an unknown outcome or carries a lease is pending too, but for a change of just the entry that was read. In both, a
 * {@link Breaker} stops calls that would only fail, and pending keys are removed as soon as the store answers again: before it
 * is asked about them, and by and by in the background. Nobody is told of those removals.
 *
 * <p><b>Calls that are given up</b> ({@link StoreTimeoutException}) can change a key later. Such a key stays pending until the call
 * has come to its end and the key was removed after that; so does the whole store for the sake of a clear.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class GuardedStore<K, V> implements Store<K, V> {

    private static final int PENDING_CAPACITY = 100_000;
    private static final LogWriter LOG_WRITER = new LogWriter();

    private final Store<K, V> store;
    private final OnStoreFailure onFailure;
    private final PendingInvalidations<K> pending = new PendingInvalidations<>(PENDING_CAPACITY);
    private final Degradation degradation;
    private final GuardedCalls calls;
    private final Settling<K, V> settling;

    /** Guards a store that was opened with that context, whose executor removes what is pending. */
    public GuardedStore(Store<K, V> store, StoreContext<K, V> context, OnStoreFailure onFailure) {
        this.store = store;
        this.onFailure = onFailure;
        this.degradation = new Degradation(context.name(), onFailure, context.clock(), LOG_WRITER);
        this.calls = new GuardedCalls(context, degradation, pending);
        this.settling = new Settling<>(store, context, calls, pending);
    }

    /** Whether the store fails, or nearly did until a moment ago, or keys are pending. */
    public boolean isDegraded() {
        return degradation.isOn() || !pending.isEmpty();
    }

    /** Returns how the store is. */
    public GuardStatus status() {
        return new GuardStatus(
                isDegraded(), degradation.millis(), degradation.cause(), calls.areStopped(), pending.size());
    }

    @Override
    public @Nullable Entry<V> read(K key) {
        return reading(key, () -> store.read(key));
    }

    @Override
    public @Nullable Entry<V> readLatest(K key) {
        settling.settle(key);
        return calls.<@Nullable Entry<V>>make(() -> store.readLatest(key));
    }

    @Override
    public @Nullable Entry<V> readAndTouch(K key, Ttl ttl) {
        return reading(key, () -> store.readAndTouch(key, ttl));
    }

    /** Reads, or answers that nothing was found if the store fails and that is forgiven. */
    private @Nullable Entry<V> reading(K key, Supplier<@Nullable Entry<V>> read) {
        try {
            settling.settle(key);
            return calls.make(read);
        } catch (StoreException e) {
            throwUnlessForgiven(e);
            return null;
        }
    }

    private void throwUnlessForgiven(StoreException failure) {
        if (onFailure == OnStoreFailure.FAIL) {
            throw failure;
        }
    }

    @Override
    public Map<K, Entry<V>> readAll(Set<? extends K> keys, Ttl touch) {
        try {
            Set<K> settled = settling.settle(keys, (key, failure) -> throwUnlessForgiven(failure));
            return settled.isEmpty() && !keys.isEmpty()
                    ? new HashMap<>()
                    : calls.make(() -> store.readAll(settled, touch));
        } catch (StoreException e) {
            throwUnlessForgiven(e);
            return new HashMap<>();
        }
    }

    @Override
    public Outcome<V> write(K key, Change<V> change) {
        try {
            settling.settle(key);
            return calls.make(() -> store.write(key, change));
        } catch (StoreException e) {
            note(key, change, e);
            return unwritten(change, e);
        } catch (Error e) {
            settling.remember(key, e);
            throw e;
        }
    }

    @Override
    public Map<K, Outcome<V>> writeAll(Map<? extends K, Change<V>> changes) {
        Map<K, Change<V>> all = new LinkedHashMap<>(changes);
        Map<K, StoreException> failures = new HashMap<>();
        Map<K, Change<V>> settled = part(all, settling.settle(all.keySet(), failures::put));
        Map<K, Outcome<V>> outcomes = new LinkedHashMap<>();
        try {
            if (!settled.isEmpty() || all.isEmpty()) {
                outcomes.putAll(calls.make(() -> store.writeAll(settled)));
            }
        } catch (StoreException e) {
            settled.keySet().forEach(key -> failures.put(key, e));
        } catch (Error e) {
            settled.keySet().forEach(key -> settling.remember(key, e));
            throw e;
        }
        Map<K, Change<V>> failed = part(all, failures.keySet());
        // each is noted before the first is thrown
        failed.forEach((key, change) -> note(key, change, Objects.requireNonNull(failures.get(key))));
        failed.forEach(
                (key, change) -> outcomes.put(key, unwritten(change, Objects.requireNonNull(failures.get(key)))));
        return outcomes;
    }

    private static <K, V> Map<K, Change<V>> part(Map<K, Change<V>> changes, Set<K> keys) {
        Map<K, Change<V>> part = new LinkedHashMap<>(changes);
        part.keySet().retainAll(keys);
        return part;
    }

    /** Remembers the key of a change that failed, if the store may now hold what it should not. */
    private void note(K key, Change<V> change, StoreException failure) {
        if (failure instanceof RemovedInsteadException) {
            return;
        }
        boolean mayBeWrong = isForgiven(change)
                || (failure.applied() == Applied.UNKNOWN && !isRightEitherWay(change, failure))
                // its holder may have told the source already
                || change.condition() == Condition.LEASE;
        if (mayBeWrong && !isHarmless(change)) {
            settling.remember(key, failure);
        }
    }

    /**
     * Whether a change that may or may not have been made leaves nothing that would have to be removed, with what others have made of it since:
     * one that takes the place of just the entry that was read replaces nothing newer, however late it comes, and one that
     * needs an absent key does not if it can come no more.
     */
    private static boolean isRightEitherWay(Change<?> change, StoreException failure) {
        return change.condition() == Condition.ENTRY
                || (change.condition() == Condition.ABSENT && !(failure instanceof StoreTimeoutException));
    }

    /** Answers a change that failed, or throws the failure. */
    private Outcome<V> unwritten(Change<V> change, StoreException failure) {
        if (!isForgiven(change)) {
            throw failure;
        }
        boolean countsAsDone = change.action() == Action.PUT && change.condition() != Condition.LEASE;
        return Outcome.of(countsAsDone ? Effect.APPLIED : Effect.ABSENT);
    }

    private boolean isForgiven(Change<V> change) {
        return onFailure == OnStoreFailure.DEGRADE
                && (change.invalidatesOnFailure()
                        || change.condition() == Condition.LEASE
                        || (change.action() == Action.TOUCH && change.condition() == Condition.ENTRY));
    }

    /** Whether a change leaves value and lease alone, so that it may have happened or not. */
    private static boolean isHarmless(Change<?> change) {
        return change.action() == Action.TOUCH
                && !change.onUpdate().isExpired()
                && change.condition() != Condition.LEASE;
    }

    @Override
    public LeaseResult<V> lease(K key, @Nullable Entry<V> expected, Duration max) {
        return leasing(key, () -> store.lease(key, expected, max));
    }

    @Override
    public LeaseResult<V> leaseToWrite(K key, @Nullable Entry<V> expected, Duration max) {
        return leasing(key, () -> store.leaseToWrite(key, expected, max));
    }

    private LeaseResult<V> leasing(K key, Supplier<LeaseResult<V>> request) {
        try {
            settling.settle(key);
            return calls.make(request);
        } catch (StoreException e) {
            unleased(Set.of(key), e);
            return LeaseResult.unavailable();
        } catch (Error e) {
            settling.remember(key, e);
            throw e;
        }
    }

    @Override
    public Map<K, LeaseResult<V>> leaseAll(Set<? extends K> keys, Duration max) {
        Map<K, LeaseResult<V>> results = new HashMap<>();
        keys.forEach(key -> results.put(key, LeaseResult.unavailable()));
        Set<K> settled = settling.settle(keys, (key, failure) -> throwUnlessForgiven(failure));
        try {
            if (!settled.isEmpty() || keys.isEmpty()) {
                results.putAll(calls.make(() -> store.leaseAll(settled, max)));
            }
        } catch (StoreException e) {
            unleased(settled, e);
        } catch (Error e) {
            settled.forEach(key -> settling.remember(key, e));
            throw e;
        }
        return results;
    }

    /** A lease that may be there and that nobody has would keep others from having one until it ends. */
    private void unleased(Set<K> keys, StoreException failure) {
        if (failure.applied() == Applied.UNKNOWN) {
            keys.forEach(key -> settling.remember(key, failure));
        }
        throwUnlessForgiven(failure);
    }

    @Override
    public Cursor<K, V> scan() {
        settling.settleAll();
        return new GuardedCursor<>(calls.make(store::scan), calls, pending);
    }

    @Override
    public void clear() {
        try {
            calls.make(() -> {
                store.clear();
                return store;
            });
        } catch (StoreException e) {
            if (onFailure == OnStoreFailure.DEGRADE || e.applied() == Applied.UNKNOWN) {
                settling.rememberAll(e);
            }
            throw e;
        } catch (Error e) {
            settling.rememberAll(e);
            throw e;
        }
    }

    @Override
    public void invalidateTags(Set<String> tags) {
        try {
            calls.make(() -> {
                store.invalidateTags(tags);
                return store;
            });
        } catch (StoreException e) {
            if (onFailure == OnStoreFailure.DEGRADE || e.applied() == Applied.UNKNOWN) {
                settling.rememberTags(tags);
            }
            throw e;
        } catch (Error e) {
            settling.rememberTags(tags);
            throw e;
        }
    }

    @Override
    public long tagNumber() {
        return store.tagNumber();
    }

    /** Returns about how many entries there are, or -1 if the store does not say. */
    @Override
    public long estimatedSize() {
        try {
            return calls.make(store::estimatedSize);
        } catch (StoreException e) {
            return -1;
        }
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
    public void destroy() {
        settling.end();
        store.destroy();
    }

    @Override
    public void close() {
        settling.end();
        store.close();
    }
}
