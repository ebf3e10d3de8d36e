package dev.larder.store;

import dev.larder.codec.UnreadableReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the entries of one cache: on the heap, on a disk, on a server, or in two of these.
 *
 * <p>A store does three things. It <em>keeps</em> entries. It <em>enforces deadlines</em>: an expired entry is absent in
 * every answer from the millisecond of its deadline on. And it applies <em>one conditional {@link Change} atomically</em>:
 * for one key all changes happen one after the other, and a reader sees the state between two of them. What a change
 * should be (which TTL, whether to load, whom to tell) is decided above; loaders, writers, processors and listeners of
 * users never run inside a store.
 *
 * <p><b>To write one</b>, implement the abstract methods and let its test extend {@code StoreContract} of cache-testkit,
 * which checks every word of this page. {@link Change#refusal} judges the conditions for you. The heap store is the
 * model to read.
 *
 * <p><b>Threads:</b> every method may be called by many threads at once. No call waits for user code.
 *
 * <p><b>Nulls:</b> keys and values are never null; a null answer means that there is no live entry, and nothing else.
 *
 * <p><b>Failure:</b> a store that cannot do what it was asked throws {@link StoreException}, and says whether a change
 * may have been applied. After {@link #close} every method but {@code close}, {@link #traits}, {@link #tagNumber}, {@link #unreadable} and
 * {@link #wantNews} throws
 * {@link IllegalStateException}.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public interface Store<K, V> extends AutoCloseable {

    /** Returns the live entry of a key, or null. */
    @Nullable
    Entry<V> read(K key);

    /**
     * Returns the value of the live entry of a key, or null: for a caller who has no use for the entry, which a store may
     * then leave unmade.
     */
    default @Nullable V readValue(K key) {
        Entry<V> entry = read(key);
        return entry == null ? null : entry.value();
    }

    /** Returns the live entry from where the truth is; a tiered store asks its far one. */
    default @Nullable Entry<V> readLatest(K key) {
        return read(key);
    }

    /**
     * Returns the live entry of a key, or null, and moves its deadline in the same step.
     *
     * @param ttl counted from now; {@link Ttl#UNCHANGED} makes this a {@link #read}, {@link Ttl#EXPIRED} the last read
     */
    @Nullable
    Entry<V> readAndTouch(K key, Ttl ttl);

    /**
     * Returns the live entries of those keys that have one, in one round trip (for each node) where the store can.
     *
     * @param touch the TTL that each entry found gets, or {@link Ttl#UNCHANGED}
     * @return a map that is the caller's to keep
     */
    default Map<K, Entry<V>> readAll(Set<? extends K> keys, Ttl touch) {
        Map<K, Entry<V>> found = new HashMap<>(keys.size() * 2);
        for (K key : keys) {
            Entry<V> entry = readAndTouch(key, touch);
            if (entry != null) {
                found.put(key, entry);
            }
        }
        return found;
    }

    /**
     * Returns the values of the live entries of those keys that have one, as {@link #readAll} does the entries.
     *
     * @return a map that is the caller's to keep
     */
    default Map<K, V> readAllValues(Set<? extends K> keys, Ttl touch) {
        Map<K, Entry<V>> entries = readAll(keys, touch);
        Map<K, V> values = new HashMap<>(keys.size() * 2);
        entries.forEach((key, entry) -> values.put(key, entry.value()));
        return values;
    }

    /** Applies a change atomically, or refuses it, and tells which. */
    Outcome<V> write(K key, Change<V> change);

    /**
     * Stores a value whatever is there, with the same TTL whether it is new or replaces another, and tells which effect that had: the
     * most common change, which a store may make without having it stated as one.
     */
    default Outcome<V> put(K key, V value, Ttl ttl) {
        return write(key, Change.put(value, ttl).tellingEffect());
    }

    /** Applies a change to each key, each atomically by itself, in one round trip (for each node) where the store can. */
    default Map<K, Outcome<V>> writeAll(Map<? extends K, Change<V>> changes) {
        Map<K, Outcome<V>> outcomes = new LinkedHashMap<>(changes.size() * 2);
        changes.forEach((key, change) -> outcomes.put(key, write(key, change)));
        return outcomes;
    }

    /**
     * Asks for the sole right to fill an absent key, or to replace an entry that was read.
     *
     * <p>Others go on reading what is there, and a lease hinders no change: it is voided by it.
     *
     * <p>A store that outlives its callers ({@link StoreTraits#outlivesCallers()}) takes an entry away whose lease reaches
     * its end unused: the holder may have changed the source and died before it could say so here. In a store that dies with
     * its callers such an entry stays.
     *
     * @param expected the entry to be replaced, or null for the right to fill an absent key
     * @param max how long the lease may stand before others may have one
     * @throws IllegalStateException if the store was opened without {@link StoreContext#leases()}
     */
    LeaseResult<V> lease(K key, @Nullable Entry<V> expected, Duration max);

    /**
     * Asks for the same right as {@link #lease} on behalf of a change that is on its way to the source. It comes before the
     * right to store what was loaded: a lease that {@link #lease} granted is voided by this, as what is being loaded is about to
     * be old, and the answer is {@link LeaseResult.Status#BUSY} only if another lease to write stands.
     *
     * @throws IllegalStateException if the store was opened without {@link StoreContext#leases()}
     */
    LeaseResult<V> leaseToWrite(K key, @Nullable Entry<V> expected, Duration max);

    /** Asks for the right to fill each of these keys, as {@link #lease} with no entry expected. */
    default Map<K, LeaseResult<V>> leaseAll(Set<? extends K> keys, Duration max) {
        Map<K, LeaseResult<V>> results = new HashMap<>(keys.size() * 2);
        for (K key : keys) {
            results.put(key, lease(key, null, max));
        }
        return results;
    }

    /**
     * Returns a walk over the live entries.
     *
     * @throws UnsupportedOperationException if the store's traits say that it cannot
     */
    Cursor<K, V> scan();

    /** Takes every entry away and voids every lease, at a cost for the caller that does not grow with their number. */
    void clear();

    /**
     * Makes every entry absent that has one of these tags and whose value is not known to be newer than this call. What it costs
     * does not grow with the number of entries: they keep their {@link Tags}, and find out when they are looked at
     * ({@link TagVersions} has the rule).
     *
     * <p>Such an entry is absent in every answer from then on, but no expired one: neither a listener nor an
     * {@link Outcome#expired()} tells of it. An entry that has expired without anybody noticing goes the same way. A lease over
     * it ends with it. The right to fill an absent key stays, but what a fill with one of these tags stores under a lease
     * granted before is absent, too; a store may refuse it.
     *
     * @throws UnsupportedOperationException if the store's traits say that it knows no tags
     */
    default void invalidateTags(Set<String> tags) {
        throw new UnsupportedOperationException("this store knows no tags");
    }

    /**
     * Returns the number of the last invalidation of tags that this store knows of, without asking a server. Who looks something
     * up in the source now, and stores it later with {@link Tags#asOf}, stores nothing that is live in spite of an invalidation
     * meanwhile. A number that is too old makes an entry absent that need not be, and does no other harm.
     */
    default long tagNumber() {
        return 0;
    }

    /** Takes every entry away, forgets that the cache ever was, and closes. */
    void destroy();

    /** Returns about how many entries there are, dead ones that still take room included, or -1 if that is unknown. */
    default long estimatedSize() {
        return -1;
    }

    /**
     * Returns how often this JVM met bytes in the store that are no value of the cache, by reason, without asking a server. Each was a
     * miss; what is met again is counted again. A store that keeps no bytes has none.
     */
    default Map<UnreadableReason, Long> unreadable() {
        return Map.of();
    }

    /** Returns what this store can and cannot do; always the same. */
    StoreTraits traits();

    /** Names who hears of what nobody asked for; called at most once, before any other call. */
    void listen(StoreListener<K, V> listener);

    /**
     * Says which news of the changes that <em>other</em> stores of the same entries make, in this JVM or another, the {@link StoreListener} wants from
     * now on. At first that is none. Waits for nobody, and does not fail if a server cannot be reached: the news begin when it can.
     *
     * <p>Such news are a service, not a promise: each change is told once at most, and those may be missed that are made just after they were asked for,
     * or while a connection is lost. Nobody hears of his own changes this way, of {@link Change#untold} ones, of {@link #clear} or of
     * {@link #invalidateTags}. After a call with {@link News.Wish#NONE} has returned, none is told. Does nothing if the store's traits say that it
     * {@linkplain StoreTraits#tellsChanges() tells no changes}.
     */
    default void wantNews(News.Wish wish) {}

    /** Ends the use of the store and frees what it holds; a durable store keeps its entries. Twice is harmless. */
    @Override
    void close();
}
