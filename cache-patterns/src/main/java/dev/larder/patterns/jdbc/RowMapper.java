package dev.larder.patterns.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Makes an object of the row at which a result stands.
 *
 * @param <T> the type of the object
 */
@FunctionalInterface
public interface RowMapper<T> {

    /** Returns the object; it reads columns only, and leaves the result where it is. */
    T map(ResultSet row) throws SQLException;
}
