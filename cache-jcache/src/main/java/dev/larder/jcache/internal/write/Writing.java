package dev.larder.jcache.internal.write;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/**
 * Passes changes to the user's writer, before they reach the store.
 *
 * <p>Whatever a writer throws comes out as a {@link CacheWriterException}, and then nothing is to be stored. A bulk call
 * answers with what the writer did before it failed: by the standard it takes from its collection what it has done.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class Writing<K, V> {

    private final String cacheName;
    private final CacheWriter<K, V> writer;
    private final UnaryOperator<K> copyKey;
    private final UnaryOperator<V> copyValue;

    /**
     * Creates it for the writer of a cache.
     *
     * @param copyKey makes a key the writer's own
     * @param copyValue makes a value the writer's own
     */
    @SuppressWarnings("unchecked") // a writer of supertypes takes our entries, which its signature cannot say
    public Writing(
            String cacheName,
            CacheWriter<? super K, ? super V> writer,
            UnaryOperator<K> copyKey,
            UnaryOperator<V> copyValue) {
        this.cacheName = cacheName;
        this.writer = (CacheWriter<K, V>) writer;
        this.copyKey = copyKey;
        this.copyValue = copyValue;
    }

    /**
     * What a bulk call did.
     *
     * @param <K> the type of key
     * @param done the keys that were written or deleted
     * @param failure what the call ended with, or null
     */
    public record BulkResult<K>(Set<K> done, @Nullable CacheWriterException failure) {

        /** Whether nobody can tell what became of the keys that are not done: the writer ended with an error. */
        public boolean isDoubtful() {
            return failure != null && failure.getCause() instanceof Error;
        }

        /** Throws the failure, if there is one. */
        public void throwFailure() {
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** Writes one entry. */
    public void write(K key, V value) {
        try {
            writer.write(entry(key, value));
        } catch (Exception e) {
            throw failure("write", e);
        }
    }

    private WrittenEntry<K, V> entry(K key, V value) {
        return new WrittenEntry<>(copyKey.apply(key), copyValue.apply(value));
    }

    /** Deletes one entry, which need not exist. */
    public void delete(K key) {
        try {
            writer.delete(copyKey.apply(key));
        } catch (Exception e) {
            throw failure("delete", e);
        }
    }

    /** Writes entries, as many as the writer can. */
    public BulkResult<K> writeAll(Map<? extends K, ? extends V> entries) {
        Collection<Cache.Entry<? extends K, ? extends V>> left = new ArrayList<>(entries.size());
        entries.forEach((key, value) -> left.add(entry(key, value)));
        CacheWriterException failure = attempt("writeAll", () -> writer.writeAll(left));
        if (failure == null) {
            return new BulkResult<>(new LinkedHashSet<>(entries.keySet()), null);
        }
        List<K> leftKeys = new ArrayList<>(left.size());
        left.forEach(entry -> leftKeys.add(entry.getKey()));
        return new BulkResult<>(without(entries.keySet(), leftKeys), failure);
    }

    /** Deletes entries, as many as the writer can. */
    public BulkResult<K> deleteAll(Set<? extends K> keys) {
        Collection<K> left = new ArrayList<>(keys.size());
        keys.forEach(key -> left.add(copyKey.apply(key)));
        CacheWriterException failure = attempt("deleteAll", () -> writer.deleteAll(left));
        return failure == null
                ? new BulkResult<>(new LinkedHashSet<>(keys), null)
                : new BulkResult<>(without(keys, left), failure);
    }

    private static <K> Set<K> without(Set<? extends K> all, Collection<? extends K> left) {
        Set<K> done = new LinkedHashSet<>(all);
        left.forEach(done::remove);
        return done;
    }

    private @Nullable CacheWriterException attempt(String method, Runnable call) {
        try {
            call.run();
            return null;
        } catch (Throwable e) {
            // also an error: what was done before it must reach the cache
            return failure(method, e);
        }
    }

    private CacheWriterException failure(String method, Throwable cause) {
        return cause instanceof CacheWriterException already
                ? already
                : new CacheWriterException(
                        "cache \"" + cacheName + "\": writer "
                                + writer.getClass().getName() + " failed in " + method,
                        cause);
    }
}
