package dev.larder.annotations.internal.region;

import dev.larder.jcache.LarderCache;
import java.time.Duration;
import java.util.Set;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Puts values with TTL and tags. The only class that knows Larder, and so loaded only where {@code @Ttl} or {@code @Tags} are used.
 *
 * @param extras what is asked for
 */
record LarderStoring(Extras extras) implements Storing {

    /** Whether a cache is one of Larder's; throws a {@link LinkageError} where Larder is not on the class path. */
    static boolean fits(Cache<?, ?> cache) {
        return cache instanceof LarderCache;
    }

    @Override
    public void put(Cache<Object, Object> cache, Object key, Object value, @Nullable Object[] arguments) {
        LarderCache<Object, Object> larder = LarderCache.of(cache);
        Set<String> tags = extras.tagsOf(arguments);
        Duration ttl = extras.ttl();
        if (ttl == null) {
            larder.put(key, value, tags);
        } else if (tags.isEmpty()) {
            larder.put(key, value, ttl);
        } else {
            larder.put(key, value, ttl, tags);
        }
    }
}
