package dev.larder.patterns.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Sets a key as parameters of a statement, one for each of its columns.
 *
 * @param <K> the type of key
 */
@FunctionalInterface
public interface KeyBinder<K> {

    /**
     * Sets them.
     *
     * @param first the number of the first parameter; a key of two columns sets {@code first} and {@code first + 1}
     */
    void bind(PreparedStatement statement, int first, K key) throws SQLException;

    /** Returns the binder of keys that the driver knows by itself, as one parameter: strings, numbers, UUIDs. */
    static <K> KeyBinder<K> asObject() {
        return PreparedStatement::setObject;
    }
}
