package dev.larder.patterns.load;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** All keys as one parameter, an array of SQL. */
record SqlArray<K>(String elementType) implements KeyPlaces<K> {

    @Override
    public String text(int keys) {
        return "?";
    }

    @Override
    public void bind(PreparedStatement statement, List<K> keys) throws SQLException {
        Array array = statement.getConnection().createArrayOf(elementType, keys.toArray());
        statement.setArray(1, array);
    }
}
