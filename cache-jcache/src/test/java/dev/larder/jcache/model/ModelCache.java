package dev.larder.jcache.model;

import dev.larder.jcache.Loaded;
import dev.larder.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;

// Over 400 lines: an operation of JCache after the other, each with its few rules.
/**
 * A cache as the standard and the pages in {@code docs} describe it, and nothing more: entries with deadlines, and for each
 * operation its rules one after the other. For one thread.
 *
 * <p>Where the standard leaves something open, a comment says what was decided. Throughout: the writer comes first, and if it
 * fails nothing has happened and nothing was counted, but for the hit or miss of a processor. A load that fails was a miss all
 * the same. What is done when a listener fails stays done.
 */
final class ModelCache<V> extends ModelFrame<V> {

    private final Setup setup;
    private final ValuePool<V> values;
    private final ExpiryPolicy expiry;
    private final double jitter;
    private final ModelSource<V> source;
    private final ModelStatistics statistics = new ModelStatistics();
    private final ModelEvents<V> events;
    private final ModelEntries<V> entries;

    ModelCache(Setup setup, Clock clock, ValuePool<V> values, Outside<V> outside, ExpiryPolicy expiry) {
        this.setup = setup;
        this.values = values;
        this.expiry = expiry;
        this.jitter = setup.jitter();
        source = new ModelSource<>(setup, values, outside);
        events = new ModelEvents<>(setup, values);
        entries = new ModelEntries<>(clock, values, events);
    }

    ModelStatistics statistics() {
        return statistics;
    }

    ModelEvents<V> events() {
        return events;
    }

    ModelEntries<V> entries() {
        return entries;
    }

    private void access(String key) {
        entries.moveDeadline(key, expiryOf(key).getExpiryForAccess());
    }

    /** Returns the lifetimes of an entry by the policy. Only those of the standard's policies differ from key to key. */
    private ExpiryPolicy expiryOf(String key) {
        return expiry instanceof HandWrittenPolicy ? expiry : new JitteredPolicy(expiry, jitter, key);
    }

    /** Returns the lifetimes of an entry whose TTL was named: it counts for this write, on which no policy is asked. */
    private static ExpiryPolicy only(Duration ttl) {
        return new ModifiedExpiryPolicy(standard(ttl));
    }

    private static javax.cache.expiry.Duration standard(Duration ttl) {
        return new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, ttl.toMillis());
    }

    // Reading

    @Override
    public V get(String key) {
        boolean isThere = containsKey(key);
        statistics.hitIf(isThere);
        V value = isThere ? entries.valueOf(key) : load(key);
        if (isThere) {
            access(key);
        }
        events.throwFailure();
        return value;
    }

    /** The caller gets what was loaded also if it expires at once. */
    private V load(String key) {
        V loaded = source.loadMissing(key);
        if (loaded == null) {
            return null;
        }
        Loaded<V> decided = decide(key, loaded);
        entries.create(key, loaded, lifetimesOf(key, decided));
        entries.tag(key, decided.tags());
        return values.copy(loaded);
    }

    @Override
    public Map<String, V> getAll(Set<? extends String> keys) {
        Map<String, V> all = new HashMap<>();
        Set<String> missing = new LinkedHashSet<>();
        for (String key : keys) {
            boolean isThere = containsKey(key);
            statistics.hitIf(isThere);
            if (isThere) {
                all.put(key, entries.valueOf(key));
                access(key);
            } else {
                missing.add(key);
            }
        }
        if (setup.readsThrough()) {
            loadAndStore(missing).forEach((key, value) -> all.put(key, values.copy(value)));
        }
        events.throwFailure();
        return all;
    }

    /** A loaded value is a creation or, of an entry that is there already, an update; but no put. */
    private Map<String, V> loadAndStore(Set<String> keys) {
        Map<String, V> loaded = source.loadAll(keys);
        loaded.forEach((key, value) -> {
            Loaded<V> decided = decide(key, value);
            entries.store(key, value, lifetimesOf(key, decided));
            entries.tag(key, decided.tags());
        });
        return loaded;
    }

    /** A loader that names a TTL leaves nothing to the policy, which is not asked then. */
    private ExpiryPolicy lifetimesOf(String key, Loaded<V> loaded) {
        return loaded.ttl() == null ? expiryOf(key) : only(loaded.ttl());
    }

    /** To be asked when the value is loaded. */
    private Loaded<V> decide(String key, V loaded) {
        return setup.decides() ? new Decisions<>(source.outside()).about(key, loaded) : Loaded.of(loaded);
    }

    /** What the loader does not know stays as it is. Without a loader there is nothing to do. */
    @Override
    public void loadAll(Set<? extends String> keys, boolean replaceExistingValues, CompletionListener listener) {
        Set<String> wanted = new LinkedHashSet<>(keys);
        if (!replaceExistingValues) {
            wanted.removeIf(this::containsKey);
        }
        try {
            loadAndStore(wanted);
            events.throwFailure();
        } catch (CacheException e) {
            listener.onException(e);
            return;
        }
        listener.onCompletion();
    }

    @Override
    public boolean containsKey(String key) {
        return entries.live(key) != null;
    }

    // Putting

    @Override
    public void put(String key, V value) {
        put(key, value, expiryOf(key));
    }

    @Override
    public void put(String key, V value, Duration ttl) {
        put(key, value, only(ttl));
    }

    @Override
    public void put(String key, V value, Set<String> tags) {
        put(key, value, expiryOf(key), tags);
    }

    @Override
    public void put(String key, V value, Duration ttl, Set<String> tags) {
        put(key, value, only(ttl), tags);
    }

    private void put(String key, V value, ExpiryPolicy lifetimes) {
        put(key, value, lifetimes, Set.of());
    }

    private void put(String key, V value, ExpiryPolicy lifetimes, Set<String> tags) {
        source.write(key, value);
        statistics.putIf(entries.store(key, value, lifetimes));
        entries.tag(key, tags);
        events.throwFailure();
    }

    @Override
    public V getAndPut(String key, V value) {
        source.write(key, value);
        V old = entries.valueOf(key);
        statistics.hitIf(old != null);
        statistics.putIf(entries.store(key, value, expiryOf(key)));
        events.throwFailure();
        return old;
    }

    /** Just what the writer did reaches the cache. */
    @Override
    public void putAll(Map<? extends String, ? extends V> map) {
        ModelSource.Result written = source.writeAll(map);
        written.done().forEach(key -> statistics.putIf(entries.store(key, map.get(key), expiryOf(key))));
        throwFirst(written.failure());
    }

    /** Not in the standard: what was not done matters more to the caller than who did not hear of the rest. */
    private void throwFirst(CacheException failure) {
        if (failure != null) {
            throw failure;
        }
        events.throwFailure();
    }

    @Override
    public boolean putIfAbsent(String key, V value) {
        return putIfAbsent(key, value, expiryOf(key));
    }

    @Override
    public boolean putIfAbsent(String key, V value, Duration ttl) {
        return putIfAbsent(key, value, only(ttl));
    }

    private boolean putIfAbsent(String key, V value, ExpiryPolicy lifetimes) {
        if (containsKey(key)) {
            statistics.hitIf(true);
            return false;
        }
        source.write(key, value);
        boolean isStored = entries.create(key, value, lifetimes);
        statistics.hitIf(false);
        statistics.putIf(isStored);
        events.throwFailure();
        return isStored;
    }

    @Override
    public boolean replace(String key, V value) {
        return getAndReplace(key, value) != null;
    }

    @Override
    public V getAndReplace(String key, V value) {
        V old = entries.valueOf(key);
        if (old != null) {
            source.write(key, value);
            entries.update(key, value, expiryOf(key));
        }
        statistics.hitIf(old != null);
        statistics.putIf(old != null);
        events.throwFailure();
        return old;
    }

    @Override
    public boolean replace(String key, V expected, V value) {
        boolean isThere = containsKey(key);
        boolean isExpected = isThere && values.equal(entries.valueOf(key), expected);
        if (isExpected) {
            source.write(key, value);
            entries.update(key, value, expiryOf(key));
        }
        seeAnother(key, isThere && !isExpected);
        statistics.hitIf(isThere);
        statistics.putIf(isExpected);
        events.throwFailure();
        return isExpected;
    }

    /** A value that is not the expected one was looked at: an access. */
    private void seeAnother(String key, boolean isAnother) {
        if (isAnother) {
            access(key);
        }
    }

    // Removing

    @Override
    public boolean remove(String key) {
        source.delete(key);
        boolean isRemoved = entries.remove(key);
        statistics.removalIf(isRemoved);
        events.throwFailure();
        return isRemoved;
    }

    @Override
    public V getAndRemove(String key) {
        source.delete(key);
        V old = entries.valueOf(key);
        statistics.hitIf(old != null);
        statistics.removalIf(entries.remove(key));
        events.throwFailure();
        return old;
    }

    @Override
    public boolean remove(String key, V expected) {
        boolean isThere = containsKey(key);
        boolean isExpected = isThere && values.equal(entries.valueOf(key), expected);
        if (isExpected) {
            source.delete(key);
            entries.remove(key);
        }
        seeAnother(key, isThere && !isExpected);
        statistics.hitIf(isThere);
        statistics.removalIf(isExpected);
        events.throwFailure();
        return isExpected;
    }

    /** The writer hears of all keys, also of those that have no entry here. */
    @Override
    public void removeAll(Set<? extends String> keys) {
        ModelSource.Result deleted = source.deleteAll(keys);
        deleted.done().forEach(key -> statistics.removalIf(entries.remove(key)));
        throwFirst(deleted.failure());
    }

    @Override
    public void removeAll() {
        entries.buryTheDead();
        removeAll(entries.keys());
    }

    @Override
    public void clear() {
        entries.clear();
    }

    @Override
    public void invalidate(String key) {
        entries.drop(key);
    }

    @Override
    public void invalidateAll(Set<? extends String> keys) {
        keys.forEach(this::invalidate);
    }

    @Override
    public void invalidateTag(String tag) {
        invalidateTags(Set.of(tag));
    }

    @Override
    public void invalidateTags(Set<String> tags) {
        entries.invalidate(tags);
    }

    @Override
    public boolean touch(String key, Duration ttl) {
        boolean isThere = containsKey(key);
        if (isThere) {
            entries.moveDeadline(key, standard(ttl));
        }
        return isThere;
    }

    // Processing

    @Override
    public <T> T invoke(String key, EntryProcessor<String, V, T> processor, Object... arguments) {
        ModelEntry<V> present = entries.live(key);
        statistics.hitIf(present != null);
        AtomicReference<Loaded<V>> decided = new AtomicReference<>();
        ModelMutableEntry<V> entry = new ModelMutableEntry<>(
                key,
                present == null ? null : present.value(),
                () -> {
                    V loaded = source.loadMissing(key);
                    decided.set(loaded == null ? null : decide(key, loaded));
                    return loaded;
                },
                values::copy);
        T result = process(processor, entry, arguments);
        apply(key, entry, decided.get());
        events.throwFailure();
        return result;
    }

    /** Also a failure of the loader comes out of the processor that asked for a value, and is its failure. */
    private <T> T process(EntryProcessor<String, V, T> processor, ModelMutableEntry<V> entry, Object[] arguments) {
        try {
            return processor.process(entry, arguments);
        } catch (EntryProcessorException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new EntryProcessorException(e);
        }
    }

    /** Only the net effect counts, for all who are asked, told or counted. */
    private void apply(String key, ModelMutableEntry<V> entry, Loaded<V> decided) {
        ExpiryPolicy lifetimes = entry.ttl() == null ? expiryOf(key) : only(entry.ttl());
        switch (entry.effect()) {
            case SET -> {
                source.write(key, entry.set());
                statistics.putIf(entries.store(key, entry.set(), lifetimes));
                entries.tag(key, entry.tags() == null ? Set.of() : entry.tags());
            }
            case REMOVED -> {
                source.delete(key);
                statistics.removalIf(entries.remove(key));
            }
            case LOADED -> {
                entries.create(key, entry.loaded(), entry.ttl() == null ? lifetimesOf(key, decided) : lifetimes);
                entries.tag(key, entry.tags() == null ? decided.tags() : entry.tags());
            }
            case READ ->
                entries.moveDeadline(
                        key, entry.ttl() == null ? expiryOf(key).getExpiryForAccess() : standard(entry.ttl()));
            case NONE -> {
                if (entry.ttl() != null) {
                    touch(key, entry.ttl());
                }
            }
        }
    }

    /** Each key has its own result, or its own failure; one whose processor returned null has neither. */
    @Override
    public <T> Map<String, EntryProcessorResult<T>> invokeAll(
            Set<? extends String> keys, EntryProcessor<String, V, T> processor, Object... arguments) {
        Map<String, EntryProcessorResult<T>> results = new HashMap<>();
        for (String key : keys) {
            try {
                T result = invoke(key, processor, arguments);
                if (result != null) {
                    results.put(key, () -> result);
                }
            } catch (EntryProcessorException e) {
                results.put(key, failed(e));
            } catch (CacheException e) {
                results.put(key, failed(new EntryProcessorException(e)));
            }
        }
        return results;
    }

    private static <T> EntryProcessorResult<T> failed(EntryProcessorException failure) {
        return () -> {
            throw failure;
        };
    }

    // Walking

    /** To come to an entry is a hit and an access, and to remove it there is a removal as any other. */
    @Override
    public Iterator<Cache.Entry<String, V>> iterator() {
        entries.buryTheDead();
        Iterator<String> keys = List.copyOf(entries.keys()).iterator();
        return new Iterator<>() {
            private String last;

            @Override
            public boolean hasNext() {
                return keys.hasNext();
            }

            @Override
            public Cache.Entry<String, V> next() {
                last = keys.next();
                Cache.Entry<String, V> entry = new ModelCacheEntry<>(last, entries.valueOf(last));
                statistics.hitIf(true);
                access(last);
                return entry;
            }

            @Override
            public void remove() {
                ModelCache.this.remove(last);
            }
        };
    }
}
