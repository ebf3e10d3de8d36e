package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.expiry.Expiry;
import dev.larder.jcache.internal.expiry.Lifetimes;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads entries as an access: with the deadline that the expiry wants them to have then. */
final class Reading<K, V> {

    private final Store<K, V> store;
    private final Mutations<K, V> mutations;
    private final Lifetimes lifetimes;

    /**
     * The TTL of an entry that was read, if it is always the same; else the policy is asked, and only on a hit. One that
     * ends the entry makes news, and so is not left to the store.
     */
    private final @Nullable Ttl constantTtl;

    /** Whether an access moves the deadlines of different keys differently far. */
    private final boolean ttlsDiffer;

    private final boolean leavesDeadlines;

    Reading(Store<K, V> store, Mutations<K, V> mutations, Lifetimes lifetimes) {
        this.store = store;
        this.mutations = mutations;
        this.lifetimes = lifetimes;
        Expiry usual = lifetimes.usual();
        this.ttlsDiffer = lifetimes.differ() && usual.access().isFinite();
        this.constantTtl = usual.isConstant() && !usual.access().isExpired() && !ttlsDiffer ? usual.access() : null;
        this.leavesDeadlines = constantTtl != null && constantTtl.isUnchanged();
    }

    /** Whether an access is no more than a {@link Store#readValue}. */
    boolean leavesDeadlines() {
        return leavesDeadlines;
    }

    /** Returns the value of a key, or null. */
    @Nullable
    V value(K key) {
        if (leavesDeadlines) {
            return store.readValue(key);
        }
        Entry<V> entry = access(key);
        return entry == null ? null : entry.value();
    }

    /** Returns the values of those keys that have one, in a map that is the caller's to keep. */
    Map<K, V> values(Set<? extends K> keys) {
        if (constantTtl != null) {
            return store.readAllValues(keys, constantTtl);
        }
        Map<K, V> values = new HashMap<>(keys.size() * 2);
        accessAll(keys).forEach((key, entry) -> values.put(key, entry.value()));
        return values;
    }

    /** Returns the live entry of a key, or null. */
    @Nullable
    Entry<V> access(K key) {
        if (constantTtl != null) {
            return store.readAndTouch(key, constantTtl);
        }
        if (ttlsDiffer) {
            return store.readAndTouch(key, lifetimes.of(key).access());
        }
        Entry<V> entry = store.read(key);
        if (entry != null) {
            accessed(key, entry);
        }
        return entry;
    }

    /** Returns the live entries of those keys that have one. */
    Map<K, Entry<V>> accessAll(Set<? extends K> keys) {
        if (constantTtl != null) {
            return store.readAll(keys, constantTtl);
        }
        Map<K, Entry<V>> entries = store.readAll(keys, Ttl.UNCHANGED);
        entries.forEach(this::accessed);
        return entries;
    }

    /** Lets the expiry move the deadline of an entry that was read without. */
    void accessed(K key, Entry<V> entry) {
        mutations.access(key, entry, constantTtl == null ? lifetimes.of(key).access() : constantTtl);
    }
}
