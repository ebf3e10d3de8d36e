package dev.larder.store.guard;

import dev.larder.codec.CodecException;
import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.StoreTimeoutException;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Remembers what must be removed from a store, and removes it: before the store is asked about it, or when there is time. */
final class Settling<K, V> {

    private static final System.Logger LOGGER = System.getLogger(Settling.class.getName());
    private static final long REPLAY_MILLIS = 500;

    /** What removals may take before an operation goes on without the store. */
    private static final long LONG_NANOS = 20_000_000;

    private final Store<K, V> store;
    private final StoreContext<K, V> context;
    private final GuardedCalls calls;
    private final PendingInvalidations<K> pending;
    private final AtomicBoolean replayIsComing = new AtomicBoolean();
    private volatile boolean ended;

    Settling(Store<K, V> store, StoreContext<K, V> context, GuardedCalls calls, PendingInvalidations<K> pending) {
        this.store = store;
        this.context = context;
        this.calls = calls;
        this.pending = pending;
    }

    /** Remembers a key that may be wrong in the store, because of this. */
    void remember(K key, Throwable failure) {
        pending.add(key, lateCall(failure));
        replayLater();
    }

    /** Remembers that all keys may be. */
    void rememberAll(Throwable failure) {
        pending.addAll(lateCall(failure));
        replayLater();
    }

    /** Remembers that entries with these tags may be. */
    void rememberTags(Set<String> tags) {
        pending.addTags(tags);
        replayLater();
    }

    private static @Nullable CompletionStage<?> lateCall(Throwable failure) {
        return failure instanceof StoreTimeoutException late ? late.end() : null;
    }

    /**
     * Removes a key if it is pending, or all if they are, and invalidates the tags that are pending. What comes after that may take a deadline of its own,
     * and nobody waits for two.
     *
     * @throws StoreException if that cannot be done now, or took long: the store must not be asked about the key
     */
    void settle(K key) {
        if (pending.contains(key)) {
            long startNanos = context.clock().nanos();
            boolean removed = settle(key, startNanos);
            if (isLong(startNanos)) {
                throw noTimeLeft(removed);
            }
        }
    }

    /** Removes a key if it is pending, and tells whether this thread did: what another has removed may have been sent before this operation began. */
    private boolean settle(K key, long startNanos) {
        requireTime(startNanos);
        settleAll(startNanos);
        return settleOne(key);
    }

    /** Fails if removals have taken long since then. */
    private void requireTime(long startNanos) {
        if (isLong(startNanos)) {
            throw noTimeLeft(false);
        }
    }

    private boolean isLong(long startNanos) {
        return nanosSince(startNanos) > LONG_NANOS;
    }

    private long nanosSince(long startNanos) {
        return context.clock().nanos() - startNanos;
    }

    private StoreException noTimeLeft(boolean removed) {
        String message = "the store of cache \"" + context.name()
                + "\" took long for the removal of something that was replaced, and is asked for nothing more now";
        return removed ? new RemovedInsteadException(message) : new StoreException(message, Applied.NO, null);
    }

    private boolean settleOne(K key) {
        Set<K> removed = new HashSet<>();
        pending.settle(key, each -> {
            remove(each);
            removed.add(each);
        });
        return !removed.isEmpty();
    }

    private void remove(K key) {
        try {
            calls.make(() -> store.write(key, Change.<V>remove().untold()));
        } catch (StoreTimeoutException e) {
            remember(key, e);
            throw e;
        } catch (CodecException e) {
            requireAboutKey(e);
        }
    }

    /** A key that cannot become bytes has no entry, and so is as good as removed; it may be pending if it was refused before it was looked at. */
    private static void requireAboutKey(CodecException failure) {
        if (!failure.isAboutKey()) {
            throw failure;
        }
    }

    /**
     * Removes all keys if all are pending, and invalidates the tags that are pending.
     *
     * @throws StoreException if that cannot be done now, or took long
     */
    void settleAll() {
        if (pending.concernsAll()) {
            long startNanos = context.clock().nanos();
            settleAll(startNanos);
            requireTime(startNanos);
        }
    }

    private void settleAll(long startNanos) {
        if (pending.concernsAll()) {
            pending.settleAll(this::clear);
            requireTime(startNanos);
            pending.settleTags(this::invalidate);
            requireTime(startNanos);
        }
    }

    private void invalidate(Set<String> tags) {
        calls.make(() -> {
            store.invalidateTags(tags);
            return store;
        });
    }

    private void clear() {
        try {
            calls.make(() -> {
                store.clear();
                return store;
            });
        } catch (StoreTimeoutException e) {
            rememberAll(e);
            throw e;
        }
    }

    /**
     * Returns those keys of which the store may be asked, and says of the others why it may not. What is pending is removed by one call; there is as much time
     * for that as for one key.
     */
    Set<K> settle(Set<? extends K> keys, BiConsumer<K, StoreException> otherwise) {
        if (pending.isEmpty()) {
            return Collections.unmodifiableSet(keys);
        }
        long startNanos = context.clock().nanos();
        Set<K> removed = new HashSet<>();
        Map<K, StoreException> failures = settleTogether(keys, startNanos, removed);
        Set<K> settled = new LinkedHashSet<>(keys.size() * 2);
        for (K key : keys) {
            StoreException failure = failures.containsKey(key) ? failures.get(key) : settleLeft(key, startNanos);
            if (failure == null) {
                settled.add(key);
            } else {
                otherwise.accept(key, failure);
            }
        }
        if (nanosSince(startNanos) > 2 * LONG_NANOS) {
            settled.forEach(key -> otherwise.accept(key, noTimeLeft(removed.contains(key))));
            return Set.of();
        }
        return settled;
    }

    private Map<K, StoreException> settleTogether(Set<? extends K> keys, long startNanos, Set<K> removed) {
        try {
            settleAll(startNanos);
            return pending.settle(keys, several -> {
                remove(several);
                removed.addAll(several);
            });
        } catch (StoreException e) {
            Map<K, StoreException> failures = new HashMap<>();
            keys.forEach(key -> failures.put(key, e));
            return failures;
        }
    }

    private void remove(Set<K> keys) {
        Map<K, Change<V>> removals = new LinkedHashMap<>();
        keys.forEach(key -> removals.put(key, Change.<V>remove().untold()));
        try {
            calls.make(() -> store.writeAll(removals));
        } catch (StoreTimeoutException e) {
            keys.forEach(key -> remember(key, e));
            throw e;
        } catch (CodecException e) {
            requireAboutKey(e);
            keys.forEach(this::remove); // all but one, perhaps, can be
        }
    }

    /** Removes a key that another thread was about to remove, or that is pending once more, and returns why that failed, or null. */
    private @Nullable StoreException settleLeft(K key, long startNanos) {
        try {
            if (pending.contains(key)) {
                settle(key, startNanos);
            }
            return null;
        } catch (StoreException e) {
            return e;
        }
    }

    /** Ends it: what is pending now will not be asked for any more. */
    void end() {
        ended = true;
    }

    private void replayLater() {
        if (ended || !replayIsComing.compareAndSet(false, true)) {
            return;
        }
        WeakReference<Settling<K, V>> self = new WeakReference<>(this);
        Runnable replay = () -> {
            Settling<K, V> target = self.get();
            if (target != null) {
                target.replay();
            }
        };
        context.timer().runAfter(REPLAY_MILLIS, replay, context.executor());
    }

    private void replay() {
        replayIsComing.set(false);
        if (ended) {
            return;
        }
        boolean isClosed = false;
        try {
            pending.settleAll(this::clear);
            pending.settleTags(this::invalidate);
            settleRemovable();
        } catch (IllegalStateException e) {
            isClosed = true; // nobody will read what is left
        } catch (RuntimeException e) {
            logNotYet(e);
        } finally {
            if (!isClosed && !pending.isEmpty()) {
                replayLater();
            }
        }
    }

    /** Removes what it can: one part of a store may fail while others do not, and the keys of those need not wait. */
    private void settleRemovable() {
        List<K> removable = pending.removable();
        Collections.shuffle(removable); // or the same ones would fail first each time, until no call is made any more
        for (K key : removable) {
            try {
                settleOne(key);
            } catch (StoreException e) {
                logNotYet(e);
                if (calls.areStopped()
                        || e instanceof StoreTimeoutException) { // while it waits, who asks for the key waits too
                    return;
                }
            }
        }
    }

    private void logNotYet(RuntimeException failure) {
        LOGGER.log(Level.DEBUG, "the store of cache \"" + context.name() + "\" cannot be made good yet", failure);
    }
}
