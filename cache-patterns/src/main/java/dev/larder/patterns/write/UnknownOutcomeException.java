package dev.larder.patterns.write;

import java.util.Set;
import javax.cache.integration.CacheWriterException;

/**
 * Tells that nobody knows whether entries were written: the connection was lost when the database had been told to
 * commit, and asking again did not help.
 *
 * <p>A cache that gets it keeps the values that it had, which may be the old ones. Whoever catches it drops these keys from the cache
 * in a way that does not reach the writer: by {@code LarderCache.invalidateAll(keys)} in a cache of Larder, or by {@code cache.loadAll(keys, true, listener)} in
 * any cache with a loader.
 */
public final class UnknownOutcomeException extends CacheWriterException {

    private static final long serialVersionUID = 1L;

    /** Not for other JVMs: keys need not be serialisable. */
    private final transient Set<?> keys;

    UnknownOutcomeException(String message, Set<?> keys, Throwable cause) {
        super(message, cause);
        this.keys = Set.copyOf(keys);
    }

    /** Returns the keys that are in doubt. Empty in an exception that came from another JVM. */
    public Set<?> keys() {
        return keys == null ? Set.of() : keys;
    }
}
