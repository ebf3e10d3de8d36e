package dev.larder.annotations.internal.region;

import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** How a method's values are put into a cache. */
interface Storing {

    /** Stores a value with what the cache says itself. */
    Storing PLAIN = (cache, key, value, arguments) -> cache.put(key, value);

    /** Stores one that came of a call with these arguments. */
    void put(Cache<Object, Object> cache, Object key, Object value, @Nullable Object[] arguments);
}
