package dev.larder.jcache;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows how the store of a cache is, while management is enabled for the cache. Only caches have it whose store can be done
 * without or waited for, see {@link CacheSettings.Builder#onStoreFailure}. The name of the bean is
 * {@code dev.larder:type=StoreHealth,CacheManager=<uri>,Cache=<name>}.
 */
public interface StoreHealthMXBean {

    /** Returns what the cache does while its store fails: {@code degrade} or {@code fail}. */
    String getOnStoreFailure();

    /** Whether the store fails, has failed a moment ago, or must be made good for what it could not be told. */
    boolean isDegraded();

    /** Returns since how many milliseconds calls fail, or zero. */
    long getDegradedForMillis();

    /** Returns what the last failure said, or null. */
    @Nullable
    String getCause();

    /** Whether the store is not asked just now, because it failed several times in a row. */
    boolean isBreakerOpen();

    /** Returns how many keys must be removed from the store before it is asked about them again, or -1 for all. */
    int getPendingInvalidations();

    /**
     * Returns how often this JVM met something in the store that is no value of the cache, by the name of the
     * {@linkplain dev.larder.codec.UnreadableReason reason}; empty if it never did. Each was a miss, and is counted again when it is met again.
     */
    Map<String, Long> getUnreadableValues();
}
