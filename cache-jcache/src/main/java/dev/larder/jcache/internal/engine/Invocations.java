package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.expiry.ConstantExpiry;
import dev.larder.jcache.internal.expiry.Expiry;
import dev.larder.jcache.internal.load.Loading;
import dev.larder.jcache.internal.stats.Statistics;
import dev.larder.jcache.internal.write.Writing;
import dev.larder.store.Change;
import dev.larder.store.Lease;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
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
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class Invocations<K, V> {

    private final String cacheName;
    private final Class<V> valueType;
    private final Store<K, V> store;
    private final Copying<K, V> copying;
    private final Expiry expiry;
    private final Statistics statistics;
    private final @Nullable Writing<K, V> writing;
    private final Mutations<K, V> mutations;
    private final @Nullable Loading<K, V> readThrough;

    Invocations(EngineParts<K, V> parts, Mutations<K, V> mutations, @Nullable Loading<K, V> readThrough) {
        this.cacheName = parts.name();
        this.valueType = parts.valueType();
        this.store = parts.store();
        this.copying = parts.copying();
        this.expiry = parts.expiry();
        this.statistics = parts.statistics();
        this.writing = parts.writing();
        this.mutations = mutations;
        this.readThrough = readThrough;
    }

    /** Runs a processor on the entry of a key, and returns what it returned. */
    public <T> @Nullable T invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
        mutations.coordinateFromNowOn();
        K own = copying.key(key);
        return mutations.<@Nullable T>exclusively(own, deliveries -> {
            ProcessorEntry<K, V> entry = new ProcessorEntry<>(own, store.read(own), valueType, copying, readThrough);
            try {
                T result = process(processor, entry, arguments);
                apply(own, entry, deliveries);
                return result;
            } finally {
                entry.endLoad();
            }
        });
    }

    private <T> @Nullable T process(EntryProcessor<K, V, T> processor, ProcessorEntry<K, V> entry, Object[] arguments) {
        long start = statistics.startGet();
        statistics.hitIf(entry.found() != null);
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

    private void apply(K key, ProcessorEntry<K, V> entry, Deliveries deliveries) {
        switch (entry.effect()) {
            case SET -> set(key, entry, deliveries);
            case LOADED -> storeLoaded(key, entry, deliveries);
            case REMOVED -> remove(key, deliveries);
            case ACCESSED -> touch(key, entry, expiry.access(), deliveries);
            case NONE -> touch(key, entry, Ttl.UNCHANGED, deliveries);
        }
    }

    private void set(K key, ProcessorEntry<K, V> entry, Deliveries deliveries) {
        long start = statistics.startPut();
        V value = copying.value(entry.requireValue());
        if (writing != null) {
            writing.write(key, value);
        }
        Expiry lifetime = entry.ttl() == null ? expiry : ConstantExpiry.of(entry.ttl());
        Outcome<V> outcome = mutations.putUnderLock(key, value, entry.found(), lifetime, deliveries);
        if (outcome.effect() != Outcome.Effect.NOT_STORED || entry.found() != null) {
            statistics.put();
        }
        statistics.endPut(start);
    }

    private void storeLoaded(K key, ProcessorEntry<K, V> entry, Deliveries deliveries) {
        Lease lease = entry.leaseToUse();
        if (lease != null) {
            Ttl ttl = entry.ttl() == null ? expiry.creation() : entry.ttl();
            mutations.writeAndPublish(
                    key, Change.put(entry.requireLoaded(), ttl).ifUnchanged(lease), deliveries);
        }
    }

    private void remove(K key, Deliveries deliveries) {
        long start = statistics.startRemove();
        if (writing != null) {
            writing.delete(key);
        }
        if (mutations.writeAndPublish(key, Change.remove(), deliveries).isApplied()) {
            statistics.removal();
        }
        statistics.endRemove(start);
    }

    private void touch(K key, ProcessorEntry<K, V> entry, Ttl byPolicy, Deliveries deliveries) {
        Ttl ttl = entry.ttl() == null ? byPolicy : entry.ttl();
        if (entry.found() != null && !ttl.isUnchanged()) {
            mutations.writeAndPublish(key, Change.touch(ttl), deliveries);
        }
    }
}
