package dev.larder.patterns.write;

import java.util.Set;
import javax.cache.integration.CacheWriterException;

/**
 * Tells that nobody knows whether entries were written, or will be: the connection was lost when the database had been told to
 * commit, and asking again did not help; or a journal failed when a change had been queued.
 *
 * <p>A cache that gets it keeps the values that it had, which may be the old ones. Whoever catches it drops these keys from the cache
 * in a way that does not reach the writer: by {@code LarderCache.invalidateAll(keys)} in a cache of Larder, or by {@code cache.loadAll(keys, true, listener)} in
 * any cache with a loader. That replaces what the loader finds; if rows may have been deleted, {@code cache.clear()} drops all entries, and does not reach the writer either.
 */
public final class UnknownOutcomeException extends CacheWriterException {

    private static final long serialVersionUID = 1L;

    /** Not for other JVMs: keys need not be serialisable. */
    private final transient Set<?> keys;

    /**
     * Creates one, for writers of your own too.
     *
     * @param keys the keys that are in doubt; not for other JVMs
     */
    public UnknownOutcomeException(String message, Set<?> keys, Throwable cause) {
        super(message, cause);
        this.keys = Set.copyOf(keys);
    }

    /** Returns the keys that are in doubt. Empty in an exception that came from another JVM. */
    public Set<?> keys() {
        return keys == null ? Set.of() : keys;
    }
}
