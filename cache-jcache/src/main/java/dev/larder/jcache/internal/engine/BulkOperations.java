package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.concurrent.Hold;
import dev.larder.jcache.internal.concurrent.Holds;
import dev.larder.jcache.internal.event.LarderEvent;
import dev.larder.jcache.internal.expiry.Lifetimes;
import dev.larder.jcache.internal.load.Loading;
import dev.larder.jcache.internal.stats.Statistics;
import dev.larder.jcache.internal.write.Writing;
import dev.larder.jcache.internal.write.Writing.BulkResult;
import dev.larder.store.Change;
import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.event.CacheEntryListenerException;
import org.jspecify.annotations.Nullable;

/**
 * The rules of JCache for many entries at once. None is atomic as a whole; each entry is changed atomically.
 *
 * <p>With a writer the keys are locked together, in an order that excludes deadlocks, because the writer gets them in one
 * call and what it did must reach the store before others write the same keys.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class BulkOperations<K, V> {

    private final Store<K, V> store;
    private final Copying<K, V> copying;
    private final Lifetimes lifetimes;
    private final Statistics statistics;
    private final @Nullable Writing<K, V> writing;
    private final Mutations<K, V> mutations;
    private final Coordination<K, V> coordination;
    private final Reading<K, V> reading;
    private final @Nullable Loading<K, V> loading;
    private final @Nullable Loading<K, V> readThrough;
    private final @Nullable StaleReads<K, V> staleReads;

    BulkOperations(
            EngineParts<K, V> parts,
            Mutations<K, V> mutations,
            Reading<K, V> reading,
            @Nullable Loading<K, V> loading,
            @Nullable Loading<K, V> readThrough,
            @Nullable StaleReads<K, V> staleReads) {
        this.store = parts.store();
        this.copying = parts.copying();
        this.lifetimes = parts.lifetimes();
        this.statistics = parts.statistics();
        this.writing = parts.writing();
        this.mutations = mutations;
        this.coordination = mutations.coordination();
        this.reading = reading;
        this.loading = loading;
        this.readThrough = readThrough;
        this.staleReads = staleReads;
    }

    /** Returns the values of those keys that have one, loaded if need be and possible. */
    public Map<K, V> getAll(Set<? extends K> keys) {
        return staleReads == null ? readAll(keys) : staleReads.getAll(keys);
    }

    private Map<K, V> readAll(Set<? extends K> keys) {
        long start = statistics.startGet();
        Map<K, V> values = values(parts(keys));
        int found = values.size();
        statistics.hits(found);
        statistics.misses(keys.size() - (long) found);
        copying.ownValues(values);
        if (readThrough != null && found < keys.size()) {
            readThrough
                    .loadAll(missing(keys, values))
                    .forEach((key, value) -> values.put(copying.key(key), copying.valueOut(value)));
        }
        statistics.endGet(start);
        return values;
    }

    /** A store of this JVM alone needs no time for each call, and takes one key after the other anyway. */
    private <P extends K> List<Set<P>> parts(Set<P> keys) {
        return store.traits().shared() ? Parts.of(keys) : List.of(keys);
    }

    private <P extends K> Map<K, V> values(List<Set<P>> parts) {
        if (parts.size() == 1) {
            return reading.values(parts.get(0));
        }
        Map<K, V> values = new HashMap<>(parts.size() * Parts.MOST * 2);
        parts.forEach(part -> values.putAll(reading.values(part)));
        return values;
    }

    private Set<K> missing(Set<? extends K> keys, Map<K, ?> found) {
        Set<K> missing = new LinkedHashSet<>();
        for (K key : keys) {
            if (!found.containsKey(key)) {
                missing.add(copying.key(key));
            }
        }
        return missing;
    }

    /** Returns keys of the cache's own. */
    public Set<K> ownKeys(Set<? extends K> keys) {
        return missing(keys, Map.of());
    }

    /** Loads the values of keys that have none, or of all; does nothing if the cache has no loader. */
    public void loadAll(Set<? extends K> keys, boolean replaceExisting) {
        if (loading == null) {
            return;
        }
        if (replaceExisting) {
            loading.reloadAll(missing(keys, Map.of()));
            return;
        }
        Set<K> missing = missing(keys, store.readAll(keys, Ttl.UNCHANGED));
        if (!missing.isEmpty()) {
            loading.loadAll(missing);
        }
    }

    /** Stores values. */
    public void putAll(Map<? extends K, ? extends V> entries) {
        long start = statistics.startPut();
        if (writing == null && mutations.putsOneByOne() && copying.isNone()) {
            putEach(entries);
        } else {
            putAllOwn(entries);
        }
        statistics.endPut(start);
    }

    private void putEach(Map<? extends K, ? extends V> entries) {
        // taken out of the user's map first: what is done in one go must not call back
        List<Map.Entry<? extends K, ? extends V>> items = new ArrayList<>(entries.entrySet());
        if (lifetimes.differ() || !mutations.putTogether(items, lifetimes.usual())) {
            forEach(items, entry -> mutations.put(entry.getKey(), entry.getValue(), lifetimes.of(entry.getKey())));
        }
    }

    private void putAllOwn(Map<? extends K, ? extends V> entries) {
        Map<K, V> own = new LinkedHashMap<>(entries.size() * 2);
        entries.forEach((key, value) -> own.put(copying.key(key), copying.valueIn(value)));
        if (writing == null) {
            putAllStraight(own);
        } else if (!own.isEmpty()) {
            putAllThrough(own, writing);
        }
    }

    private void putAllStraight(Map<K, V> own) {
        forEach(parts(own.keySet()), keys -> putStraight(keys, own));
    }

    private void putStraight(Set<K> keys, Map<K, V> own) {
        boolean isDecided = lifetimes.usual().isConstant();
        if (!mutations.applyTogether(() -> changes(keys, key -> putOf(own, key)), isDecided, Counting.PUT)) {
            forEach(keys, key -> mutations.apply(key, putOf(own, key), lifetimes.of(key), Counting.PUT));
        }
    }

    private Change<V> putOf(Map<K, V> own, K key) {
        return mutations.forgiving(Mutations.putOf(Objects.requireNonNull(own.get(key)), lifetimes.of(key)));
    }

    private static <K, V> Map<K, Change<V>> changes(Set<? extends K> keys, Function<K, Change<V>> change) {
        Map<K, Change<V>> changes = new LinkedHashMap<>(keys.size() * 2);
        keys.forEach(key -> changes.put(key, change.apply(key)));
        return changes;
    }

    /** Does something with each item, and throws the first failure of a listener only when all are done. */
    private static <T> void forEach(Iterable<? extends T> items, Consumer<T> action) {
        CacheEntryListenerException failure = null;
        for (T item : items) {
            try {
                action.accept(item);
            } catch (CacheEntryListenerException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void putAllThrough(Map<K, V> own, Writing<K, V> writer) {
        through(
                own.keySet(),
                true,
                () -> writer.writeAll(own),
                (hold, claimed) -> put(hold, Objects.requireNonNull(own.get(hold.key())), claimed));
    }

    private void put(Hold<K, LarderEvent<K, V>> hold, V value, ClaimedKeys<K, V> claimed) {
        Entry<V> current = claimed.read(hold.key());
        Outcome<V> outcome =
                coordination.put(claimed.of(hold.key()), hold, value, Tags.NONE, current, lifetimes.of(hold.key()));
        if (outcome != null && (outcome.effect() != Effect.NOT_STORED || current != null)) {
            statistics.put();
        }
    }

    /** What follows for the store of what the writer did with a key. */
    @FunctionalInterface
    private interface Following<K, V> {
        void apply(Hold<K, LarderEvent<K, V>> hold, ClaimedKeys<K, V> claimed);
    }

    /** Lets the writer do something with keys, and then the store with as many of them as the writer has done. */
    private void through(
            Set<? extends K> keys, boolean isForgiving, Supplier<BulkResult<K>> call, Following<K, V> following) {
        try (Holds<K, LarderEvent<K, V>> holds = mutations.lockAll(keys);
                ClaimedKeys<K, V> claimed = coordination.claimAll(keys, isForgiving)) {
            BulkResult<K> result = call.get();
            if (result.isDoubtful()) {
                claimed.told();
            } else {
                claimed.told(result.done());
            }
            result.done().forEach(key -> following.apply(holds.of(key), claimed));
            result.throwFailure();
        }
    }

    /** Removes the values of these keys. */
    public void removeAll(Set<? extends K> keys) {
        long start = statistics.startRemove();
        if (writing == null) {
            forEach(parts(keys), this::removeStraight);
        } else if (!keys.isEmpty()) {
            removeAllThrough(keys, writing);
        }
        statistics.endRemove(start);
    }

    private void removeStraight(Set<? extends K> keys) {
        Change<V> removal = Change.remove();
        if (!mutations.applyTogether(() -> changes(keys, key -> removal), true, Counting.REMOVE)) {
            forEach(keys, key -> mutations.apply(key, removal, lifetimes.usual(), Counting.REMOVE));
        }
    }

    private void removeAllThrough(Set<? extends K> keys, Writing<K, V> writer) {
        through(
                keys,
                false,
                () -> writer.deleteAll(keys),
                (hold, claimed) -> countRemoval(coordination.write(claimed.of(hold.key()), hold, Change.remove())));
    }

    private void countRemoval(@Nullable Outcome<V> outcome) {
        if (outcome != null) {
            Counting.REMOVE.count(outcome, statistics);
        }
    }

    /** Removes all values. */
    public void removeAll() {
        // what is being loaded now must not be there afterwards either; what is stored meanwhile, the walk comes to
        Set<K> keys = new LinkedHashSet<>(loading == null ? Set.of() : loading.keysInFlight());
        try (Cursor<K, V> cursor = store.scan()) {
            while (cursor.advance()) {
                keys.add(cursor.key());
            }
        }
        removeAll(keys);
        if (loading != null) {
            loading.forgetAll();
        }
    }
}
