package dev.larder.patterns.aside;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;

/**
 * Cache-aside for caches of any provider: asks the cache, and loads and stores what it lacks. A value that was loaded before an invalidation is
 * never stored after it, and a missing key is loaded once in this JVM however many threads ask for it.
 *
 * <pre>{@code
 * Cache<Long, Slot<User>> cache = manager.createCache("users", new MutableConfiguration<>());
 * CacheAside<Long, User> users = CacheAside.over(cache, loader);
 * User user = users.get(42L);
 * database.update(user);
 * users.invalidate(42L); // in any JVM that shares the cache; cache.remove(42L) is the same
 * }</pre>
 *
 * <p><b>How.</b> Who misses a key leaves a mark there, loads, and puts the value in place of that very mark, in one atomic step of the cache ({@link Cache#invoke}). Every
 * change of the entry takes the mark away, whoever makes it: {@code put}, {@code remove}, {@code removeAll}, expiry, eviction. So a mark that still stands
 * shows that nothing has happened since. {@code clear} does too, except that a provider may let it overlap with a step that has begun; prefer {@code removeAll}.
 *
 * <p><b>What is needed</b> of the cache: that {@code invoke} is atomic, no read-through, and no write-through, which the marks would reach. The entries hold {@link Slot}s. While a
 * value is being loaded, {@code containsKey} says yes, and iterators and statistics see the mark.
 *
 * <p>If the loader finds nothing, nothing is stored. What it throws reaches all who wait. If the cache throws a {@code CacheException} where a mark or value is to be stored,
 * the value is returned and not stored; what it throws when it is asked is passed on. Safe for use by many threads; the loader runs on the thread of one of those who ask.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class CacheAside<K, V> {

    private final Cache<K, Slot<V>> cache;
    private final Slots<K, V> slots;
    private final Flights<K, V> flights;

    private CacheAside(Cache<K, Slot<V>> cache, CacheLoader<K, V> loader) {
        this.cache = cache;
        this.slots = new Slots<>(cache);
        this.flights = new Flights<>(slots, loader);
    }

    /**
     * Returns cache-aside over a cache. All in this JVM who load the same keys should share it, because it is what lets them load once.
     *
     * @throws IllegalArgumentException if the cache reads or writes through
     */
    public static <K, V> CacheAside<K, V> over(Cache<K, Slot<V>> cache, CacheLoader<K, V> loader) {
        requirePlain(cache);
        return new CacheAside<>(cache, Objects.requireNonNull(loader, "loader"));
    }

    @SuppressWarnings("unchecked") // a class literal knows nothing of types, and what is asked here has none
    private static void requirePlain(Cache<?, ?> cache) {
        CompleteConfiguration<?, ?> configuration;
        try {
            configuration = cache.getConfiguration(CompleteConfiguration.class);
        } catch (IllegalArgumentException e) {
            return; // a provider that does not tell
        }
        if (configuration.isReadThrough() || configuration.isWriteThrough()) {
            throw new IllegalArgumentException("cache \"" + cache.getName()
                    + "\" must neither read nor write through: loader and writer would meet the marks of cache-aside");
        }
    }

    /**
     * Returns the value of a key, from the cache or else from the loader.
     *
     * @return the value, or null if there is none
     * @throws javax.cache.integration.CacheLoaderException if it could not be loaded
     */
    public @Nullable V get(K key) {
        Slot<V> slot = cache.get(key);
        V value = slot == null ? null : slot.value();
        return value != null ? value : flights.load(Set.of(key)).get(key);
    }

    /**
     * Returns the values of keys, from the cache, or else from the loader by one call of {@code loadAll}.
     *
     * @return the values there are
     * @throws javax.cache.integration.CacheLoaderException if not all could be loaded
     */
    public Map<K, V> getAll(Set<? extends K> keys) {
        Map<K, V> values = new HashMap<>();
        Set<K> missing = new HashSet<>(keys);
        slots.look(missing).forEach((key, slot) -> {
            if (slot.value() != null) {
                values.put(key, slot.value());
            }
        });
        missing.removeAll(values.keySet());
        if (!missing.isEmpty()) {
            values.putAll(flights.load(missing));
        }
        return values;
    }

    /** Drops the value of a key because it may be old, and keeps loads that have begun from storing theirs. */
    public void invalidate(K key) {
        cache.remove(key);
    }

    /** Drops the values of keys as {@link #invalidate} does. */
    public void invalidateAll(Set<? extends K> keys) {
        cache.removeAll(keys);
    }

    /** Drops all values as {@link #invalidate} does. */
    public void invalidateAll() {
        cache.removeAll();
    }

    /**
     * Drops the values of keys, and lets nobody store any until the fence is closed, in whichever JVM: for the time from a change of the database to its commit, in which others
     * would read, and store, the old row. Those who ask meanwhile get what they load.
     *
     * <p>Several fences can stand around a key. A {@code remove} or {@code put} by others takes a fence away; also then the values are dropped once more when it is closed. A fence that
     * is never closed, because its JVM died, goes by the expiry of the cache.
     */
    public Fence fence(Set<? extends K> keys) {
        Set<K> fenced = Set.copyOf(keys);
        String name = UUID.randomUUID().toString();
        slots.setFence(fenced, name, true);
        return new Fence(() -> slots.setFence(fenced, name, false));
    }
}
