package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.load.Freshness;
import dev.larder.jcache.internal.load.Freshness.Age;
import dev.larder.jcache.internal.load.Loading;
import dev.larder.jcache.internal.load.Renewing;
import dev.larder.jcache.internal.stats.Statistics;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of a get for caches that keep entries beyond their time: what is served from the cache is a hit, and what waits
 * for the loader is none.
 */
final class StaleReads<K, V> {

    private final Store<K, V> store;
    private final Copying<K, V> copying;
    private final Statistics statistics;
    private final Freshness freshness;
    private final Loading<K, V> loading;
    private final Renewing<K, V> renewing;

    StaleReads(EngineParts<K, V> parts, Freshness freshness, Loading<K, V> loading, Renewing<K, V> renewing) {
        this.store = parts.store();
        this.copying = parts.copying();
        this.statistics = parts.statistics();
        this.freshness = freshness;
        this.loading = loading;
        this.renewing = renewing;
    }

    /** Returns the value of a key, loaded if need be and possible, or null. */
    @Nullable
    V get(K key) {
        long start = statistics.startGet();
        Entry<V> entry = store.read(key);
        Age age = entry == null ? Age.FRESH : ageOf(key, entry);
        statistics.hitIf(entry != null && age != Age.DUE);
        V value = entry == null ? loading.load(copying.key(key)) : value(key, entry, age);
        V own = value == null ? null : copying.valueOut(value);
        statistics.endGet(start);
        return own;
    }

    private @Nullable V value(K key, Entry<V> entry, Age age) {
        if (age == Age.DUE) {
            return renewing.renew(copying.key(key), entry);
        }
        if (age == Age.AGEING) {
            renewing.renewLater(copying.key(key), entry);
        }
        return entry.value();
    }

    /** Returns the age of an entry; one that is being renewed, or could not be a moment ago, counts as fresh if it may be served. */
    private Age ageOf(K key, Entry<V> entry) {
        Age age = freshness.ageOf(entry);
        boolean isServed = switch (age) {
            case FRESH -> true;
            case AGEING -> !renewing.isWanted(key);
            case DUE -> renewing.isPaused(key);
        };
        return isServed ? Age.FRESH : age;
    }

    /** Returns the values of those keys that have one, loaded if need be and possible. */
    Map<K, V> getAll(Set<? extends K> keys) {
        long start = statistics.startGet();
        Map<K, Entry<V>> ageing = new HashMap<>();
        Map<K, Entry<V>> due = new HashMap<>();
        Map<K, V> values = served(store.readAll(keys, Ttl.UNCHANGED), ageing, due);
        int found = values.size();
        statistics.hits(found);
        statistics.misses(keys.size() - (long) found);
        if (!ageing.isEmpty()) {
            renewing.renewAllLater(ageing);
        }
        if (found < keys.size()) {
            renewing.loadAll(missing(keys, values, due), due)
                    .forEach((key, value) -> values.put(copying.key(key), value));
        }
        copying.ownValues(values);
        statistics.endGet(start);
        return values;
    }

    /** Returns the values that are served at once, and sorts out which entries are to be renewed meanwhile, and which before. */
    private Map<K, V> served(Map<K, Entry<V>> entries, Map<K, Entry<V>> ageing, Map<K, Entry<V>> due) {
        Map<K, V> values = new HashMap<>(entries.size() * 2);
        entries.forEach((key, entry) -> {
            Age age = ageOf(key, entry);
            if (age == Age.DUE) {
                due.put(copying.key(key), entry);
                return;
            }
            if (age == Age.AGEING) {
                ageing.put(copying.key(key), entry);
            }
            values.put(key, entry.value());
        });
        return values;
    }

    private Set<K> missing(Set<? extends K> keys, Map<K, V> served, Map<K, Entry<V>> due) {
        Set<K> missing = new LinkedHashSet<>();
        for (K key : keys) {
            if (!served.containsKey(key) && !due.containsKey(key)) {
                missing.add(copying.key(key));
            }
        }
        return missing;
    }
}
