package dev.larder.patterns.write;

import dev.larder.patterns.internal.jdbc.QueryTimeout;
import dev.larder.patterns.jdbc.KeyBinder;
import dev.larder.patterns.jdbc.RowBinder;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.sql.DataSource;

/**
 * Writes entries to a table, many with one statement, each batch in a transaction of its own.
 *
 * <pre>{@code
 * Table airports = Table.named("airport").key("icao").columns("name", "city");
 * JdbcWriter<String, Airport> writer = JdbcWriter.of(
 *         dataSource,
 *         airports.upsert(Dialect.POSTGRESQL),
 *         (statement, icao, airport) -> {
 *             statement.setString(1, icao);
 *             statement.setString(2, airport.name());
 *             statement.setString(3, airport.city());
 *         },
 *         airports.delete());
 * }</pre>
 *
 * <p><b>Bulk calls</b> end with the first batch that fails, and leave in their collection exactly what was not written: that batch, and those after it.
 *
 * <p><b>Lost replies.</b> If the connection is lost at commit, nobody knows whether the batch was written. It is then written again, by another connection, where
 * the rows' locks make it wait for the first attempt; that settles it. If it cannot be written again either, an
 * {@link UnknownOutcomeException} tells so. Statements must therefore come to the same if they run twice, as upserts and deletes do; for others see
 * {@link #repeats}.
 *
 * <p>Failures show the SQL, but no parameter. Immutable: methods that change a setting return another writer. Safe for use by many threads; each
 * batch takes a connection of its own, switches auto-commit off, and gives it back as it was. So it takes no part in a transaction of the caller's.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class JdbcWriter<K, V> implements CacheWriter<K, V> {

    private static final int BATCH = 500;
    private static final int REPEATS = 3;

    private final Batches<Cache.Entry<? extends K, ? extends V>> writes;
    private final Batches<K> deletes;

    private JdbcWriter(Batches<Cache.Entry<? extends K, ? extends V>> writes, Batches<K> deletes) {
        this.writes = writes;
        this.deletes = deletes;
    }

    /**
     * Returns a writer that writes 500 rows at a time, and whose deletes set keys as the driver does by itself.
     *
     * @param upsert inserts a row, or updates the one there is
     * @param row sets all parameters of the upsert
     * @param delete deletes the row of a key, if it is there
     */
    public static <K, V> JdbcWriter<K, V> of(
            DataSource dataSource, String upsert, RowBinder<? super K, ? super V> row, String delete) {
        Objects.requireNonNull(row, "row");
        return new JdbcWriter<>(
                new Batches<>(
                        Batch.of(
                                dataSource,
                                upsert,
                                (statement, entry) -> row.bind(statement, entry.getKey(), entry.getValue())),
                        Cache.Entry::getKey,
                        "written",
                        BATCH,
                        REPEATS),
                new Batches<>(
                        Batch.of(dataSource, delete, keys(KeyBinder.asObject())),
                        key -> key,
                        "deleted",
                        BATCH,
                        REPEATS));
    }

    private static <K> Batch.Binding<K> keys(KeyBinder<? super K> binder) {
        return (statement, key) -> binder.bind(statement, 1, key);
    }

    /** Writes and deletes at most that many rows with one statement, and in one transaction. */
    public JdbcWriter<K, V> batch(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("a batch has at least one row: " + rows);
        }
        return new JdbcWriter<>(writes.withSize(rows), deletes.withSize(rows));
    }

    /** Sets the keys of deletes in a way of their own: several columns, or a type that the driver does not know by itself. */
    public JdbcWriter<K, V> binding(KeyBinder<? super K> binder) {
        Objects.requireNonNull(binder, "binder");
        return new JdbcWriter<>(writes, deletes.with(deletes.batch().withBinding(keys(binder))));
    }

    /**
     * Ends a statement that takes longer; none is ended unless told so.
     *
     * @param timeout a second or more; what is no whole number of seconds is rounded up
     */
    public JdbcWriter<K, V> timeout(Duration timeout) {
        int seconds = QueryTimeout.seconds(timeout);
        return new JdbcWriter<>(
                writes.with(writes.batch().withTimeout(seconds)),
                deletes.with(deletes.batch().withTimeout(seconds)));
    }

    /**
     * Says how often a batch whose outcome is not known is tried again, until it is known: three times unless told otherwise, and never by
     * zero, for statements that must not run twice.
     */
    public JdbcWriter<K, V> repeats(int times) {
        if (times < 0) {
            throw new IllegalArgumentException("repeats must not be negative: " + times);
        }
        return new JdbcWriter<>(writes.withRepeats(times), deletes.withRepeats(times));
    }

    @Override
    public void write(Cache.Entry<? extends K, ? extends V> entry) {
        writes.run(List.of(entry));
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
        writes.runAll(entries);
    }

    @Override
    @SuppressWarnings("unchecked") // caches hand in their own keys
    public void delete(Object key) {
        deletes.run(List.of((K) key));
    }

    @Override
    @SuppressWarnings("unchecked") // caches hand in their own keys
    public void deleteAll(Collection<?> keys) {
        deletes.runAll((Collection<K>) keys);
    }
}
