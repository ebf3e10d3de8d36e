package dev.larder.patterns.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Sets a key and its value as parameters of a statement.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
@FunctionalInterface
public interface RowBinder<K, V> {

    /** Sets them all, counted from 1 as JDBC does. */
    void bind(PreparedStatement statement, K key, V value) throws SQLException;
}
