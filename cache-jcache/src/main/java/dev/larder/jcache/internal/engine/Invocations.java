package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.expiry.ConstantExpiry;
import dev.larder.jcache.internal.expiry.Expiry;
import dev.larder.jcache.internal.load.Loading;
import dev.larder.jcache.internal.stats.Statistics;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.Outcome;
import dev.larder.store.Ttl;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import org.jspecify.annotations.Nullable;

/**
 * Runs entry processors.
 *
 * <p>A processor runs exactly once, under the lock of its key, and no other change of that key happens meanwhile; plain
 * changes of the cache are coordinated from the first processor on. What it leaves behind is made one change. If its
 * entry was evicted or expired in the meantime, the change applies all the same, as to an absent key.
 *
 * <p>On a store that others change as well, the lock keeps only this JVM out. There what a processor leaves behind is applied
 * if nobody changed the entry meanwhile; else it runs again, on the entry as it is then. Its effect is applied exactly once
 * all the same, and the writer is called once.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class Invocations<K, V> {

    private final String cacheName;
    private final Class<V> valueType;
    private final Copying<K, V> copying;
    private final Expiry expiry;
    private final Statistics statistics;
    private final Mutations<K, V> mutations;
    private final Coordination<K, V> coordination;
    private final Publishing<K, V> publishing;
    private final @Nullable Loading<K, V> readThrough;

    Invocations(EngineParts<K, V> parts, Mutations<K, V> mutations, @Nullable Loading<K, V> readThrough) {
        this.cacheName = parts.name();
        this.valueType = parts.valueType();
        this.copying = parts.copying();
        this.expiry = parts.expiry();
        this.statistics = parts.statistics();
        this.mutations = mutations;
        this.coordination = mutations.coordination();
        this.publishing = mutations.publishing();
        this.readThrough = readThrough;
    }

    /** Runs a processor on the entry of a key, and returns what it returned. */
    public <T> @Nullable T invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
        mutations.isolateProcessors();
        K own = copying.key(key);
        return mutations
                .<Result<T>>exclusively(
                        own,
                        deliveries -> coordination.untilUndisturbed(
                                attempt -> tryToInvoke(own, processor, arguments, deliveries, attempt)))
                .value();
    }

    /** What a processor returned, null included. */
    private record Result<T>(@Nullable T value) {}

    private <T> @Nullable Result<T> tryToInvoke(
            K key, EntryProcessor<K, V, T> processor, Object[] arguments, Deliveries deliveries, int attempt) {
        Entry<V> found = coordination.look(key, false);
        ProcessorEntry<K, V> entry = new ProcessorEntry<>(key, found, valueType, copying, readThrough);
        try {
            T result = process(processor, entry, arguments, attempt == 0);
            return apply(key, entry, deliveries) ? new Result<>(result) : null;
        } finally {
            entry.endLoad();
        }
    }

    private <T> @Nullable T process(
            EntryProcessor<K, V, T> processor, ProcessorEntry<K, V> entry, Object[] arguments, boolean counts) {
        long start = statistics.startGet();
        if (counts) {
            statistics.hitIf(entry.found() != null);
        }
        try {
            return processor.process(entry, arguments);
        } catch (Exception e) {
            throw failure(processor, e);
        } finally {
            statistics.endGet(start);
        }
    }

    private CacheException failure(EntryProcessor<?, ?, ?> processor, Exception cause) {
        return cause instanceof EntryProcessorException already
                ? already
                : new EntryProcessorException(
                        "cache \"" + cacheName + "\": entry processor "
                                + processor.getClass().getName() + " failed",
                        cause);
    }

    /** Applies what a processor came to; returns false if somebody else was quicker, and the processor is to run again. */
    private boolean apply(K key, ProcessorEntry<K, V> entry, Deliveries deliveries) {
        return switch (entry.effect()) {
            case SET -> set(key, entry, deliveries);
            case REMOVED -> remove(key, entry, deliveries);
            case LOADED -> storeLoaded(key, entry, deliveries);
            case ACCESSED -> touch(key, entry, entry.ttl() == null ? expiry.access() : entry.ttl(), deliveries);
            case NONE -> touch(key, entry, entry.ttl() == null ? Ttl.UNCHANGED : entry.ttl(), deliveries);
        };
    }

    private boolean set(K key, ProcessorEntry<K, V> entry, Deliveries deliveries) {
        long start = statistics.startPut();
        V value = copying.value(entry.requireValue());
        Expiry lifetime = entry.ttl() == null ? expiry : ConstantExpiry.of(entry.ttl());
        try (Claim<V> claim = claim(key, entry)) {
            if (claim == null) {
                return false;
            }
            coordination.write(claim, key, value);
            Outcome<V> outcome = coordination.put(claim, key, value, entry.found(), lifetime, deliveries);
            if (outcome == null) {
                return false;
            }
            if (outcome.effect() != Outcome.Effect.NOT_STORED || entry.found() != null) {
                statistics.put();
            }
        }
        statistics.endPut(start);
        return true;
    }

    private @Nullable Claim<V> claim(K key, ProcessorEntry<K, V> entry) {
        Lease lease = entry.ownLease();
        return lease == null ? coordination.claim(key, entry.found()) : coordination.claimOfLoad(key, lease);
    }

    private boolean storeLoaded(K key, ProcessorEntry<K, V> entry, Deliveries deliveries) {
        Lease lease = entry.leaseToUse();
        if (lease != null) {
            Ttl ttl = entry.ttl() == null ? expiry.creation() : entry.ttl();
            Change<V> fill = Change.put(entry.requireLoaded(), ttl).ifUnchanged(lease);
            publishing.writeAndPublish(key, fill, Origin.LOADER, deliveries);
        }
        return true;
    }

    private boolean remove(K key, ProcessorEntry<K, V> entry, Deliveries deliveries) {
        long start = statistics.startRemove();
        if (!entry.wasSeen()) {
            // right whatever is there, and so it need not be what was there before
            countRemoval(coordination.coordinate(key, Change.remove(), expiry, deliveries));
            statistics.endRemove(start);
            return true;
        }
        try (Claim<V> claim = claim(key, entry)) {
            if (claim == null) {
                return false;
            }
            coordination.delete(claim, key);
            Outcome<V> outcome = coordination.write(claim, key, Change.remove(), deliveries);
            if (outcome == null) {
                return false;
            }
            countRemoval(outcome);
        }
        statistics.endRemove(start);
        return true;
    }

    private void countRemoval(Outcome<V> outcome) {
        Counting.REMOVE.count(outcome, statistics);
    }

    private boolean touch(K key, ProcessorEntry<K, V> entry, Ttl ttl, Deliveries deliveries) {
        Entry<V> found = entry.found();
        if (found == null || ttl.isUnchanged()) {
            return true;
        }
        Outcome<V> outcome =
                publishing.writeAndPublish(key, Change.<V>touch(ttl).ifUnchanged(found), deliveries);
        // what the policy wants is for the entry that was read; what the processor wants, for the one that is there
        return entry.ttl() == null || outcome.effect() != Outcome.Effect.MISMATCH;
    }
}
