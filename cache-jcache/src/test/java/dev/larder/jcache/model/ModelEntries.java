package dev.larder.jcache.model;

import dev.larder.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;

/** The entries of the model, and what can happen to one: who hears of it, and how long it lives then. */
final class ModelEntries<V> {

    private final Clock clock;
    private final ValuePool<V> values;
    private final ModelEvents<V> events;
    private final Map<String, ModelEntry<V>> entries = new TreeMap<>();

    ModelEntries(Clock clock, ValuePool<V> values, ModelEvents<V> events) {
        this.clock = clock;
        this.values = values;
        this.events = events;
    }

    /** Takes away what is dead. */
    void buryTheDead() {
        keys().forEach(this::live);
    }

    Set<String> keys() {
        return Set.copyOf(entries.keySet());
    }

    /** Returns the deadlines of the entries there are. */
    List<Long> deadlines() {
        return entries.values().stream().map(ModelEntry::deadlineMillis).toList();
    }

    /** Returns the entry of a key if there is one and its time has not come. */
    ModelEntry<V> live(String key) {
        ModelEntry<V> entry = entries.get(key);
        if (entry == null || entry.deadlineMillis() > clock.millis()) {
            return entry;
        }
        entries.remove(key);
        events.died(key, entry);
        return null;
    }

    /** Returns the value of a live entry as a user gets it, or null. */
    V valueOf(String key) {
        ModelEntry<V> entry = live(key);
        return entry == null ? null : values.copy(entry.value());
    }

    /** Stores a value where there may be one already; tells whether it was there for any time at all. */
    boolean store(String key, V value, ExpiryPolicy lifetimes) {
        if (live(key) == null) {
            return create(key, value, lifetimes);
        }
        update(key, value, lifetimes);
        return true;
    }

    /**
     * Stores a value where there is none, and tells whether it did. A policy that has nothing to say of a new entry leaves it to
     * the cache, and Larder lets it live for ever.
     */
    boolean create(String key, V value, ExpiryPolicy lifetimes) {
        Duration ttl = lifetimes.getExpiryForCreation();
        if (ttl != null && ttl.isZero()) {
            return false;
        }
        V own = values.copy(value);
        entries.put(
                key,
                new ModelEntry<>(own, ttl == null ? Long.MAX_VALUE : ttl.getAdjustedTime(clock.millis()), Set.of()));
        events.created(key, own);
        return true;
    }

    /** Replaces the value there is. */
    void update(String key, V value, ExpiryPolicy lifetimes) {
        V own = values.copy(value);
        ModelEntry<V> before =
                entries.put(key, new ModelEntry<>(own, entries.get(key).deadlineMillis(), Set.of()));
        events.updated(key, own, before.value());
        moveDeadline(key, lifetimes.getExpiryForUpdate());
    }

    /** Moves a deadline, counted from now; null leaves it where it is, and zero ends the entry. */
    void moveDeadline(String key, Duration ttl) {
        ModelEntry<V> entry = entries.get(key);
        if (ttl == null) {
            return;
        }
        if (ttl.isZero()) {
            entries.remove(key);
            events.expiredAtOnce(key, entry.value());
        } else {
            entries.put(key, entry.until(ttl.getAdjustedTime(clock.millis())));
        }
    }

    /** Removes what is there, and tells whether there was something. */
    boolean remove(String key) {
        ModelEntry<V> entry = live(key);
        if (entry != null) {
            entries.remove(key);
            events.removed(key, entry.value());
        }
        return entry != null;
    }

    /** Drops what is there, and nobody hears of it. */
    void drop(String key) {
        live(key);
        entries.remove(key);
    }

    /** Gives tags to what was stored just now, if it is still there. */
    void tag(String key, Set<String> tags) {
        entries.computeIfPresent(key, (k, entry) -> entry.with(tags));
    }

    /** Drops all that has one of these tags, dead or alive, and nobody hears of it. */
    void invalidate(Set<String> tags) {
        buryTheDead();
        entries.values().removeIf(entry -> entry.hasAnyOf(tags));
        events.invalidated(tags);
    }

    /** Drops all there is, dead or alive, and nobody hears of it. */
    void clear() {
        buryTheDead();
        entries.clear();
        events.cleared();
    }
}
