package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.concurrent.Hold;
import dev.larder.jcache.internal.event.LarderEvent;
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
    private final Copying<K, V> copying;
    private final Expiry expiry;
    private final Statistics statistics;
    private final Mutations<K, V> mutations;
    private final Coordination<K, V> coordination;
    private final Publishing<K, V> publishing;
    private final ProcessorEntry.Context<K, V> entryContext;

    Invocations(EngineParts<K, V> parts, Mutations<K, V> mutations, @Nullable Loading<K, V> readThrough) {
        this.cacheName = parts.name();
        this.copying = parts.copying();
        this.expiry = parts.expiry();
        this.statistics = parts.statistics();
        this.mutations = mutations;
        this.coordination = mutations.coordination();
        this.publishing = mutations.publishing();
        this.entryContext = new ProcessorEntry.Context<>(parts.valueType(), copying, readThrough);
    }

    /** Runs a processor on the entry of a key, and returns what it returned. */
    public <T> @Nullable T invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
        mutations.isolateProcessors();
        try (Hold<K, LarderEvent<K, V>> hold = mutations.lock(copying.key(key))) {
            return invoke(hold, processor, arguments);
        }
    }

    private <T> @Nullable T invoke(
            Hold<K, LarderEvent<K, V>> hold, EntryProcessor<K, V, T> processor, Object[] arguments) {
        for (int attempt = 0; ; attempt++) {
            Entry<V> found = coordination.look(hold.key(), false);
            ProcessorEntry<K, V> entry = new ProcessorEntry<>(hold.key(), found, entryContext);
            try {
                T result = process(processor, entry, arguments, attempt == 0);
                if (apply(hold, entry)) {
                    return result;
                }
            } finally {
                if (entryContext.loading() != null) {
                    entry.endLoad();
                }
            }
            Backoff.pause(cacheName, attempt);
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
    private boolean apply(Hold<K, LarderEvent<K, V>> hold, ProcessorEntry<K, V> entry) {
        return switch (entry.effect()) {
            case SET -> set(hold, entry);
            case REMOVED -> remove(hold, entry);
            case LOADED -> storeLoaded(hold, entry);
            case ACCESSED -> touch(hold, entry, entry.ttl() == null ? expiry.access() : entry.ttl());
            case NONE -> touch(hold, entry, entry.ttl() == null ? Ttl.UNCHANGED : entry.ttl());
        };
    }

    private boolean set(Hold<K, LarderEvent<K, V>> hold, ProcessorEntry<K, V> entry) {
        long start = statistics.startPut();
        V value = copying.valueIn(entry.requireValue());
        Expiry lifetime = entry.ttl() == null ? expiry : mutations.lifetime(entry.ttl());
        try (Claim<V> claim = claim(hold.key(), entry)) {
            if (claim == null) {
                return false;
            }
            coordination.write(claim, hold.key(), value);
            Outcome<V> outcome = coordination.put(claim, hold, value, entry.found(), lifetime);
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
        Lease lease = entry.hasLoaded() ? entry.ownLease() : null;
        return lease == null ? coordination.claim(key, entry.found()) : coordination.claimOfLoad(key, lease);
    }

    private boolean storeLoaded(Hold<K, LarderEvent<K, V>> hold, ProcessorEntry<K, V> entry) {
        Lease lease = entry.leaseToUse();
        if (lease != null) {
            Ttl ttl = entry.ttl() == null ? expiry.creation() : entry.ttl();
            mutations.lifetime(ttl);
            Change<V> fill = Change.put(entry.requireLoaded(), ttl).ifUnchanged(lease);
            publishing.writeAndPublish(hold, fill, Origin.LOADER);
        }
        return true;
    }

    private boolean remove(Hold<K, LarderEvent<K, V>> hold, ProcessorEntry<K, V> entry) {
        long start = statistics.startRemove();
        if (!entry.wasSeen()) {
            // right whatever is there, and so it need not be what was there before
            countRemoval(coordination.coordinate(hold, Change.remove(), expiry));
            statistics.endRemove(start);
            return true;
        }
        try (Claim<V> claim = claim(hold.key(), entry)) {
            if (claim == null) {
                return false;
            }
            coordination.delete(claim, hold.key());
            Outcome<V> outcome = coordination.write(claim, hold, Change.remove());
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

    private boolean touch(Hold<K, LarderEvent<K, V>> hold, ProcessorEntry<K, V> entry, Ttl ttl) {
        Entry<V> found = entry.found();
        if (found == null || ttl.isUnchanged()) {
            return true;
        }
        mutations.lifetime(ttl);
        Outcome<V> outcome =
                publishing.writeAndPublish(hold, Change.<V>touch(ttl).ifUnchanged(found));
        // what the policy wants is for the entry that was read; what the processor wants, for the one that is there
        return entry.ttl() == null || outcome.effect() != Outcome.Effect.MISMATCH;
    }
}
