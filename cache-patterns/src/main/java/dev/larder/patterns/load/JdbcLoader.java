package dev.larder.patterns.load;

import dev.larder.patterns.jdbc.KeyBinder;
import dev.larder.patterns.jdbc.RowMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Loads values by a query, many with one statement.
 *
 * <pre>{@code
 * JdbcLoader<String, Airport> loader = JdbcLoader.of(
 *         dataSource,
 *         "select icao, name, city from airport where icao in (:keys)",
 *         row -> row.getString("icao"),
 *         row -> new Airport(row.getString("icao"), row.getString("name"), row.getString("city")));
 * }</pre>
 *
 * <p>{@code :keys} stands for the keys, as a list of parameters, or as one array ({@link #array}). If several rows belong to a key, the first of
 * them is its value. A key is asked for by {@code equals}: rows whose key is equal to none of those asked for, as a database that compares
 * without regard to case can return them, are left out.
 *
 * <p>A failure is a {@link CacheLoaderException} that tells how many keys were asked for, and the SQL, but no parameter. Immutable: methods that change a
 * setting return another loader. Safe for use by many threads; each call takes a connection of its own, and gives it back.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class JdbcLoader<K, V> implements CacheLoader<K, V> {

    private static final int BATCH = 256;

    private final DataSource dataSource;
    private final KeyQuery<K> query;
    private final RowMapper<? extends K> key;
    private final RowMapper<? extends V> value;

    private JdbcLoader(
            DataSource dataSource, KeyQuery<K> query, RowMapper<? extends K> key, RowMapper<? extends V> value) {
        this.dataSource = dataSource;
        this.query = query;
        this.key = key;
        this.value = value;
    }

    /**
     * Returns a loader by a query, which asks for 256 keys at a time, in a list, and sets them as the driver does by itself.
     *
     * @param sql a query in which {@code :keys} stands once, as in {@code where id in (:keys)}
     * @param key returns the key of a row; one whose class is not that of the keys asked for is a failure
     * @param value returns the value of a row
     * @throws IllegalArgumentException if {@code :keys} does not stand there exactly once
     */
    public static <K, V> JdbcLoader<K, V> of(
            DataSource dataSource, String sql, RowMapper<? extends K> key, RowMapper<? extends V> value) {
        return new JdbcLoader<>(
                Objects.requireNonNull(dataSource, "dataSource"),
                KeyQuery.of(sql, new InList<>(1, KeyBinder.asObject(), BATCH), BATCH),
                Objects.requireNonNull(key, "key"),
                Objects.requireNonNull(value, "value"));
    }

    private JdbcLoader<K, V> with(KeyQuery<K> newQuery) {
        return new JdbcLoader<>(dataSource, newQuery, key, value);
    }

    /**
     * Asks for at most that many keys with one statement. Shorter lists are filled up to a power of two with a key that is among
     * them, so that the database sees few different statements.
     */
    public JdbcLoader<K, V> batch(int keys) {
        return with(query.withBatch(keys));
    }

    /** Sets keys in a way of their own, for types that the driver does not know by itself. */
    public JdbcLoader<K, V> binding(KeyBinder<? super K> binder) {
        return binding(1, binder);
    }

    /**
     * Sets keys of several columns: {@code where (airline, number) in (:keys)}.
     *
     * @param columns how many parameters a key takes
     */
    public JdbcLoader<K, V> binding(int columns, KeyBinder<? super K> binder) {
        if (columns < 1) {
            throw new IllegalArgumentException("a key has at least one column: " + columns);
        }
        Objects.requireNonNull(binder, "binder");
        return with(query.withPlaces(new InList<>(columns, binder, query.batch())));
    }

    /**
     * Sends all keys as one parameter, an array, so that there is one statement for any number of them: {@code where id = any (:keys)}. For
     * PostgreSQL, and others that have it.
     *
     * @param elementType the type of the keys in the database's words, such as {@code bigint} or {@code text}
     */
    public JdbcLoader<K, V> array(String elementType) {
        return with(query.withPlaces(new SqlArray<>(Objects.requireNonNull(elementType, "elementType"))));
    }

    /**
     * Ends a statement that takes longer; none is ended unless told so.
     *
     * @param timeout a second or more; what is no whole number of seconds is rounded up
     */
    public JdbcLoader<K, V> timeout(Duration timeout) {
        return with(query.withTimeout(timeout));
    }

    @Override
    public @Nullable V load(K asked) {
        List<K> keys = List.of(asked);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = query.prepare(connection, keys);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? value.map(rows) : null;
        } catch (SQLException | RuntimeException e) {
            throw failure(1, e);
        }
    }

    @Override
    public Map<K, V> loadAll(Iterable<? extends K> asked) {
        Set<K> distinct = Keys.distinct(asked);
        List<K> keys = List.copyOf(distinct);
        Map<K, V> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        try (Connection connection = dataSource.getConnection()) {
            for (int from = 0; from < keys.size(); from += query.batch()) {
                loadBatch(connection, keys.subList(from, Math.min(from + query.batch(), keys.size())), found);
            }
        } catch (SQLException | RuntimeException e) {
            throw failure(keys.size(), e);
        }
        found.keySet().retainAll(distinct);
        return found;
    }

    private void loadBatch(Connection connection, List<K> keys, Map<K, V> found) throws SQLException {
        try (PreparedStatement statement = query.prepare(connection, keys);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                K rowKey = key.map(rows);
                requireLike(keys.get(0), rowKey);
                found.putIfAbsent(rowKey, value.map(rows));
            }
        }
    }

    /** Refuses a Long where Integers were asked for: it would be a miss for ever, and nobody would know why. */
    private void requireLike(K asked, K found) {
        boolean comparable = found.getClass() == asked.getClass()
                || !asked.getClass().getName().startsWith("java.");
        if (!comparable) {
            throw new CacheLoaderException("the key of a row is a "
                    + found.getClass().getName() + ", but a "
                    + asked.getClass().getName() + " was asked for; map it to that, in: " + query.sql());
        }
    }

    private CacheLoaderException failure(int keys, Exception cause) {
        return LoadFailure.of(keys, " by: " + query.sql(), cause);
    }
}
