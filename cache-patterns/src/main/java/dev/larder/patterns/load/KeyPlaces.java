package dev.larder.patterns.load;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * How the keys of a query become parameters.
 *
 * @param <K> the type of key
 */
interface KeyPlaces<K> {

    /** Returns what stands in the SQL for that many keys. */
    String text(int keys);

    /** Sets the parameters of a statement whose text was made for as many keys. */
    void bind(PreparedStatement statement, List<K> keys) throws SQLException;
}
