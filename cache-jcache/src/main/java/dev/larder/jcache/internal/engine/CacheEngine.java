package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.event.EventDispatcher;
import dev.larder.jcache.internal.expiry.Expiry;
import dev.larder.jcache.internal.expiry.Lifetimes;
import dev.larder.jcache.internal.load.LoadParts;
import dev.larder.jcache.internal.load.Loading;
import dev.larder.jcache.internal.load.Renewing;
import dev.larder.jcache.internal.stats.Statistics;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import java.util.Set;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;

/**
 * The rules of JCache for one entry: what an operation changes, whom it asks, what it counts.
 *
 * <p>To follow an operation: the facade checks the arguments and calls its namesake here; that states the
 * {@link Change} and what is counted of it; {@link Mutations} makes the change, directly or coordinated; the {@link Store}
 * applies it. Reads go by way of {@link Reading}. Operations on many entries are in {@link BulkOperations}, entry
 * processors in {@link Invocations}.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class CacheEngine<K, V> {

    private final Store<K, V> store;
    private final Copying<K, V> copying;
    private final Lifetimes lifetimes;
    private final Statistics statistics;
    private final EventDispatcher<K, V> events;
    private final Mutations<K, V> mutations;
    private final Reading<K, V> reading;
    private final BulkOperations<K, V> bulk;
    private final Invocations<K, V> invocations;
    private final Tagging tagging;
    private final @Nullable Loading<K, V> readThrough;
    private final @Nullable Loading<K, V> loading;

    /** The way of a get if values may be past their time, else null. */
    private final @Nullable StaleReads<K, V> staleReads;

    /** Puts the parts of a cache together. */
    public CacheEngine(EngineParts<K, V> parts) {
        store = parts.store();
        copying = parts.copying();
        lifetimes = parts.lifetimes();
        statistics = parts.statistics();
        events = parts.events();
        mutations = new Mutations<>(parts);
        tagging = parts.tagging();
        reading = new Reading<>(store, mutations, lifetimes);
        loading = newLoading(parts, parts.loader());
        readThrough = parts.readsThrough() ? loading : null;
        staleReads = newStaleReads(parts, readThrough);
        bulk = new BulkOperations<>(parts, mutations, reading, loading, readThrough, staleReads);
        invocations = new Invocations<>(parts, mutations, readThrough);
        store.listen(new UnaskedNews<>(mutations.locks(), events, statistics));
        if (store.traits().tellsChanges()) {
            events.wishBy(store::wantNews);
        }
    }

    private @Nullable Loading<K, V> newLoading(EngineParts<K, V> parts, @Nullable CacheLoader<K, V> loader) {
        if (loader == null) {
            return null;
        }
        // where values are renewed, their time begins anew whatever an update would do
        Lifetimes ofLoads = parts.loads().renewal() == null ? lifetimes : lifetimes.asOfCreation();
        Filling<K, V> filling = new Filling<>(store, mutations, ofLoads);
        Loading<K, V> made =
                new Loading<>(parts.name(), store, loader, copying::key, copying::valueIn, filling, parts.loads());
        mutations.publishing().setLoading(made);
        return made;
    }

    private static <K, V> @Nullable StaleReads<K, V> newStaleReads(
            EngineParts<K, V> parts, @Nullable Loading<K, V> readThrough) {
        LoadParts.Renewal renewal = parts.loads().renewal();
        return renewal == null || readThrough == null
                ? null
                : new StaleReads<>(parts, renewal.freshness(), readThrough, new Renewing<>(readThrough, renewal));
    }

    /** Returns the operations on many entries. */
    public BulkOperations<K, V> bulk() {
        return bulk;
    }

    /** Returns what runs entry processors. */
    public Invocations<K, V> invocations() {
        return invocations;
    }

    /** Returns the value of a key, loaded if need be and possible, or null. */
    public @Nullable V get(K key) {
        return staleReads == null ? read(key) : staleReads.get(key);
    }

    private @Nullable V read(K key) {
        long start = statistics.startGet();
        V found = reading.value(key);
        statistics.hitIf(found != null);
        V value = found == null ? loadMissing(key) : copying.valueOut(found);
        statistics.endGet(start);
        return value;
    }

    /** Returns the short way of a get, as it is until statistics are switched on or off; null if there is none. */
    public @Nullable PlainReads<K, V> plainReads() {
        // after a miss the long way looks once more
        if (staleReads != null || !reading.leavesDeadlines() || !mutations.looksForFree()) {
            return null;
        }
        if (!copying.copiesValues()) {
            return new PlainReads<>(store, statistics.counting());
        }
        Sharing sharing = copying.sharing();
        return sharing.isOfAll() ? new SharedReads<>(store, statistics.counting(), sharing) : null;
    }

    /** Returns the value of a key that was found absent, loaded if that is possible, or null. */
    public @Nullable V loadMissing(K key) {
        V loaded = readThrough == null ? null : readThrough.load(copying.key(key));
        return loaded == null ? null : copying.valueOut(loaded);
    }

    /** Whether a key has a value; neither an access nor a load. */
    public boolean containsKey(K key) {
        return store.readValue(key) != null;
    }

    /** Stores a value. */
    public void put(K key, V value) {
        put(key, value, lifetimes.of(key));
    }

    /** Stores a value with a TTL of its own. */
    public void put(K key, V value, Ttl ttl) {
        put(key, value, mutations.lifetime(ttl));
    }

    private void put(K key, V value, Expiry lifetime) {
        long start = statistics.startPut();
        mutations.put(copying.key(key), copying.valueIn(value), lifetime);
        statistics.endPut(start);
    }

    /** Stores a value with tags. */
    public void put(K key, V value, Set<String> tags) {
        put(key, value, lifetimes.of(key), tags);
    }

    /** Stores a value with a TTL of its own and tags. */
    public void put(K key, V value, Ttl ttl, Set<String> tags) {
        put(key, value, mutations.lifetime(ttl), tags);
    }

    private void put(K key, V value, Expiry lifetime, Set<String> tags) {
        long start = statistics.startPut();
        Change<V> put = putOf(value, lifetime).withTags(tagging.ofPut(tags));
        mutations.apply(copying.key(key), mutations.forgiving(put), lifetime, Counting.PUT);
        statistics.endPut(start);
    }

    private Change<V> putOf(V value, Expiry lifetime) {
        return Mutations.putOf(copying.valueIn(value), lifetime);
    }

    /** Stores a value and returns the one before, or null. */
    public @Nullable V getAndPut(K key, V value) {
        long start = statistics.startPut();
        Expiry lifetime = lifetimes.of(key);
        Outcome<V> outcome = mutations.apply(
                copying.key(key), putOf(value, lifetime).returningPrevious(), lifetime, Counting.GET_AND_PUT);
        V previous = previousOf(outcome);
        statistics.endPut(start);
        return previous;
    }

    private @Nullable V previousOf(Outcome<V> outcome) {
        Entry<V> previous = outcome.previous();
        return previous == null ? null : copying.valueOut(previous.value());
    }

    /** Stores a value if there is none, and tells whether it did. */
    public boolean putIfAbsent(K key, V value) {
        return putIfAbsent(key, value, lifetimes.of(key));
    }

    /** Stores a value with a TTL of its own if there is none, and tells whether it did. */
    public boolean putIfAbsent(K key, V value, Ttl ttl) {
        return putIfAbsent(key, value, mutations.lifetime(ttl));
    }

    private boolean putIfAbsent(K key, V value, Expiry lifetime) {
        long start = statistics.startPut();
        if (mutations.isSurelyPresent(key)) {
            statistics.hit();
            statistics.endPut(start);
            return false;
        }
        Change<V> put = putOf(value, lifetime).ifAbsent();
        Outcome<V> outcome = mutations.apply(copying.key(key), put, lifetime, Counting.PUT_IF_ABSENT);
        statistics.endPut(start);
        return Counting.hasStored(outcome);
    }

    /** Removes the value of a key, and tells whether there was one. */
    public boolean remove(K key) {
        long start = statistics.startRemove();
        Change<V> removal = mutations.forgiving(Change.remove());
        boolean isRemoved = mutations
                .apply(key, removal, lifetimes.usual(), Counting.REMOVE)
                .isApplied();
        statistics.endRemove(start);
        return isRemoved;
    }

    /** Removes the value of a key if it is this one, and tells whether it did. */
    public boolean remove(K key, V expected) {
        long start = statistics.startRemove();
        Expiry lifetime = lifetimes.of(key);
        Change<V> removal = Change.<V>remove().ifValue(expected).onMismatchTouch(accessOf(lifetime));
        boolean isRemoved =
                mutations.apply(key, removal, lifetime, Counting.GET_AND_REMOVE).isApplied();
        statistics.endRemove(start);
        return isRemoved;
    }

    /** Returns the TTL that an access gives, unchanged where the expiry is yet to be asked for it. */
    private static Ttl accessOf(Expiry lifetime) {
        return lifetime.isConstant() ? lifetime.access() : Ttl.UNCHANGED;
    }

    /** Removes the value of a key and returns it, or null if there was none. */
    public @Nullable V getAndRemove(K key) {
        long start = statistics.startRemove();
        Change<V> removal = Change.<V>remove().returningPrevious();
        Outcome<V> outcome = mutations.apply(key, removal, lifetimes.usual(), Counting.GET_AND_REMOVE);
        V previous = previousOf(outcome);
        statistics.endRemove(start);
        return previous;
    }

    /** Replaces the value of a key if there is one, and tells whether it did. */
    public boolean replace(K key, V value) {
        Expiry lifetime = lifetimes.of(key);
        return replaceBy(key, replacementOf(value, lifetime), lifetime).isApplied();
    }

    /** Replaces the value of a key if it is the expected one, and tells whether it did. */
    public boolean replace(K key, V expected, V value) {
        Expiry lifetime = lifetimes.of(key);
        return replaceBy(key, replacementOf(expected, value, lifetime), lifetime)
                .isApplied();
    }

    /** Returns one object in the usual case; who asks for more of a change makes it anew. */
    private Change<V> replacementOf(V value, Expiry lifetime) {
        return isUsual(lifetime)
                ? Change.replace(copying.valueIn(value), lifetime.update())
                : putOf(value, lifetime).ifPresent();
    }

    private static boolean isUsual(Expiry lifetime) {
        return lifetime.isConstant() && !lifetime.update().isExpired();
    }

    private Change<V> replacementOf(V expected, V value, Expiry lifetime) {
        if (!isUsual(lifetime)) {
            return putOf(value, lifetime).ifValue(expected).onMismatchTouch(accessOf(lifetime));
        }
        return Change.replace(expected, copying.valueIn(value), lifetime.update(), lifetime.access());
    }

    /** Replaces the value of a key if there is one, and returns the one before or null. */
    public @Nullable V getAndReplace(K key, V value) {
        Expiry lifetime = lifetimes.of(key);
        return previousOf(replaceBy(key, putOf(value, lifetime).ifPresent().returningPrevious(), lifetime));
    }

    private Outcome<V> replaceBy(K key, Change<V> change, Expiry lifetime) {
        long start = statistics.startPut();
        Outcome<V> outcome = mutations.apply(copying.key(key), change, lifetime, Counting.REPLACE);
        statistics.endPut(start);
        return outcome;
    }

    /** Gives a value another TTL, and tells whether there was one. */
    public boolean touch(K key, Ttl ttl) {
        Expiry lifetime = mutations.lifetime(ttl);
        return mutations
                .apply(key, Change.touch(lifetime.creation()), lifetime, Counting.NOTHING)
                .isApplied();
    }

    /** Drops a value that may be stale, without writer, listeners and counting. */
    public void invalidate(K key) {
        mutations.invalidate(key);
    }

    /** Drops the values that have one of these tags, without writer, listeners and counting. */
    public void invalidateTags(Set<String> tags) {
        tagging.requireTags();
        try {
            store.invalidateTags(tags);
        } finally {
            // not before, as in Mutations.write; of all keys, because nobody knows yet which of them bring the tags
            if (loading != null) {
                loading.overtakeAll();
            }
        }
    }

    /** Drops all values, without writer, listeners and counting. */
    public void clear() {
        store.clear();
        // not before, as in Mutations.write
        if (loading != null) {
            loading.overtakeAll();
        }
    }

    /** Returns a walk over the entries. */
    public Walk<K, V> walk() {
        return new Walk<>(store.scan(), reading, copying, statistics);
    }

    /** Adds a listener. */
    public void register(CacheEntryListenerConfiguration<K, V> configuration) {
        // a change that is not coordinated publishes no news: none may be under way when the first listener comes
        mutations.coordinateFromNowOn();
        events.register(configuration);
    }

    /** Returns about how many entries there are, or -1 if that is unknown. */
    public long estimatedSize() {
        return store.estimatedSize();
    }
}
