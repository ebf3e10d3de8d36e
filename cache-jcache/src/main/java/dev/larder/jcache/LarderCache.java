package dev.larder.jcache;

import java.time.Duration;
import java.util.Set;
import javax.cache.Cache;

/**
 * What a cache of Larder can do beyond JCache. Got by {@link #of}, or by {@code cache.unwrap(LarderCache.class)}, which
 * knows nothing of types.
 *
 * <p>The rules of {@link Cache} hold for these methods too: no nulls, {@link IllegalStateException} once closed,
 * {@link javax.cache.CacheException} and its kinds for what fails on the way, and use by many threads.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public interface LarderCache<K, V> extends Cache<K, V> {

    /**
     * Returns a cache as what it is.
     *
     * @throws IllegalArgumentException if it is not one of Larder's
     */
    @SuppressWarnings("unchecked") // what a cache unwraps to has its own types
    static <K, V> LarderCache<K, V> of(Cache<K, V> cache) {
        return cache.unwrap(LarderCache.class);
    }

    /**
     * Stores a value that lives for that long, whatever the cache's expiry policy says on creation or update. A later
     * access may move its deadline, if the policy does that on access.
     *
     * @param ttl zero or more; zero stores nothing, and drops what is there
     */
    void put(K key, V value, Duration ttl);

    /**
     * Stores a value with tags, in place of those of the value that is replaced: a put without tags drops them. What the value was
     * made of must be up to date; who looks it up in the source, and fears that it changes meanwhile, does that in a
     * {@link LoaderWithMetadata} or an entry processor.
     *
     * @param tags at most {@value dev.larder.store.Tags#MOST}, of at most {@value dev.larder.store.Tags#LONGEST} characters each
     * @throws IllegalArgumentException if there are more, or one is empty or longer
     * @throws UnsupportedOperationException if the cache's store knows no tags
     */
    void put(K key, V value, Set<String> tags);

    /** Stores a value as {@link #put(Object, Object, Duration)} and {@link #put(Object, Object, Set)} together do. */
    void put(K key, V value, Duration ttl, Set<String> tags);

    /**
     * Stores a value that lives for that long, if there is none.
     *
     * @return whether it was stored
     */
    boolean putIfAbsent(K key, V value, Duration ttl);

    /**
     * Lets a value live for that long from now. It does not load, and is neither a hit nor a miss.
     *
     * @return whether there was a value
     */
    boolean touch(K key, Duration ttl);

    /**
     * Drops a copy that may be stale, and sees to it that a load already under way does not bring it back. Unlike
     * {@link #remove(Object)} this does not reach the writer, tells no listener, and counts no removal.
     */
    void invalidate(K key);

    /** Drops copies that may be stale, each as {@link #invalidate} does. */
    void invalidateAll(Set<? extends K> keys);

    /**
     * Drops the copies that have this tag and may be stale, each as {@link #invalidate} does, at the same cost however many there
     * are. A load already under way that brings the tag does not bring its value back either; who asks from now on gets a load that
     * began later.
     *
     * <p>The last {@value dev.larder.store.TagVersions#CAPACITY} tags that were invalidated are known apart. If more were, the store
     * drops, to be safe, also entries with other tags, if they have not been read since before that.
     *
     * @throws UnsupportedOperationException if the cache's store knows no tags
     */
    void invalidateTag(String tag);

    /** Drops the copies that have any of these tags, as {@link #invalidateTag} does. */
    void invalidateTags(Set<String> tags);

    /**
     * Returns about how many entries there are; ones that have expired but still take room are among them.
     *
     * @return zero or more, or -1 if the store cannot tell
     */
    long estimatedSize();
}
