package dev.larder.patterns.write;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.cache.integration.CacheWriter;

/**
 * Makes writers of functions; for tables there is {@link JdbcWriter}.
 *
 * <pre>{@code
 * CacheWriter<Long, User> writer = Writers.of((id, user) -> users.save(user), users::deleteById);
 * configuration.setWriteThrough(true).setCacheWriterFactory(() -> writer);
 * }</pre>
 *
 * <p>What a function throws comes out as a {@link javax.cache.integration.CacheWriterException} that says how many entries were not written, but not
 * which; errors and what is a {@code CacheWriterException} already stay as they are. Bulk calls leave in their
 * collection exactly what was not written, as the standard wants it. A writer can be used by as many threads as its functions can.
 */
public final class Writers {

    private Writers() {}

    /** Returns a writer that writes and deletes one by one. The first failure ends a bulk call, and what was done before stays done. */
    public static <K, V> CacheWriter<K, V> of(EntrySink<? super K, ? super V> write, Sink<? super K> delete) {
        return new SingleWriter<>(Objects.requireNonNull(write, "write"), Objects.requireNonNull(delete, "delete"));
    }

    /**
     * Returns a writer that writes and deletes any number of entries with one call.
     *
     * @param writeAll writes all or, if it throws, none of them
     * @param deleteAll deletes all or, if it throws, none of them
     */
    public static <K, V> CacheWriter<K, V> bulk(Sink<? super Map<K, V>> writeAll, Sink<? super Set<K>> deleteAll) {
        return new BulkWriter<>(
                Objects.requireNonNull(writeAll, "writeAll"), Objects.requireNonNull(deleteAll, "deleteAll"));
    }
}
