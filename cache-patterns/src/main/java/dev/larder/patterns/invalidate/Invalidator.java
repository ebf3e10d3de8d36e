package dev.larder.patterns.invalidate;

import dev.larder.patterns.aside.CacheAside;
import dev.larder.patterns.aside.Fence;
import java.util.Objects;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.configuration.CompleteConfiguration;

/**
 * Drops from a cache what may be old.
 *
 * <p>Write one yourself for a cache that writes through: what {@code remove} would do there reaches the database. For Larder's own caches it is
 * {@code LarderCache.invalidateAll}.
 *
 * @param <K> the type of key
 */
public interface Invalidator<K> {

    /** Drops the values of keys, and keeps loads that have begun from storing theirs, as far as the cache can. */
    void invalidate(Set<? extends K> keys);

    /** Does so with all keys. */
    void invalidateAll();

    /**
     * Drops the values of keys because a transaction is about to change them, and returns what is to be done when it has ended: to drop them once more.
     *
     * <p>An implementation that can also keeps others from storing values in between.
     */
    default Runnable hold(Set<? extends K> keys) {
        Set<K> held = Set.copyOf(keys);
        invalidate(held);
        return () -> invalidate(held);
    }

    /**
     * Returns the invalidator of a cache that does not write through, which removes entries.
     *
     * @throws IllegalArgumentException if it does write through
     */
    static <K> Invalidator<K> of(Cache<K, ?> cache) {
        requireNoWriter(cache);
        return new Invalidator<>() {
            @Override
            public void invalidate(Set<? extends K> keys) {
                cache.removeAll(keys);
            }

            @Override
            public void invalidateAll() {
                cache.clear();
            }
        };
    }

    @SuppressWarnings("unchecked") // a class literal knows nothing of types, and what is asked here has none
    private static void requireNoWriter(Cache<?, ?> cache) {
        Objects.requireNonNull(cache, "cache");
        if (cache.getConfiguration(CompleteConfiguration.class).isWriteThrough()) {
            throw new IllegalArgumentException("cache \"" + cache.getName()
                    + "\" writes through, so that removing an entry would delete its row; write an Invalidator for it");
        }
    }

    /** Returns the invalidator of cache-aside, which holds keys by a {@link CacheAside#fence}. */
    static <K> Invalidator<K> of(CacheAside<K, ?> aside) {
        Objects.requireNonNull(aside, "aside");
        return new Invalidator<>() {
            @Override
            public void invalidate(Set<? extends K> keys) {
                aside.invalidateAll(keys);
            }

            @Override
            public void invalidateAll() {
                aside.invalidateAll();
            }

            @Override
            public Runnable hold(Set<? extends K> keys) {
                Fence fence = aside.fence(keys);
                return fence::close;
            }
        };
    }
}
