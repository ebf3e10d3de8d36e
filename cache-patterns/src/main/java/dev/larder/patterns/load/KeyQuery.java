package dev.larder.patterns.load;

import dev.larder.patterns.internal.jdbc.QueryTimeout;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A query for some keys at a time.
 *
 * @param sql as the user wrote it
 * @param timeoutSeconds how long a statement may take, or 0 for ever
 */
record KeyQuery<K>(String sql, KeyPlaces<K> places, int batch, int timeoutSeconds) {

    private static final String KEYS = ":keys";

    static <K> KeyQuery<K> of(String sql, KeyPlaces<K> places, int batch) {
        Objects.requireNonNull(sql, "sql");
        int place = sql.indexOf(KEYS);
        if (place < 0 || sql.indexOf(KEYS, place + 1) >= 0) {
            throw new IllegalArgumentException(
                    KEYS + " must stand in the query once, for the keys that are asked for: " + sql);
        }
        return new KeyQuery<>(sql, places, batch, QueryTimeout.NONE);
    }

    KeyQuery<K> withBatch(int newBatch) {
        if (newBatch < 1) {
            throw new IllegalArgumentException("a batch has at least one key: " + newBatch);
        }
        KeyPlaces<K> newPlaces =
                places instanceof InList<K> list ? new InList<>(list.columns(), list.binder(), newBatch) : places;
        return new KeyQuery<>(sql, newPlaces, newBatch, timeoutSeconds);
    }

    KeyQuery<K> withPlaces(KeyPlaces<K> newPlaces) {
        return new KeyQuery<>(sql, newPlaces, batch, timeoutSeconds);
    }

    KeyQuery<K> withTimeout(Duration timeout) {
        return new KeyQuery<>(sql, places, batch, QueryTimeout.seconds(timeout));
    }

    /** Prepares the statement for these keys, at most a batch of them. */
    PreparedStatement prepare(Connection connection, List<K> keys) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.replace(KEYS, places.text(keys.size())));
        try {
            statement.setQueryTimeout(timeoutSeconds);
            places.bind(statement, keys);
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }
}
