package dev.larder.patterns.load;

import dev.larder.patterns.jdbc.KeyBinder;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/**
 * Keys as a list of parameters, {@code ?, ?} or {@code (?, ?), (?, ?)}, whose length is a power of two or that of a whole
 * batch: a database keeps a plan for each length. What is too long is filled up with the last key.
 */
record InList<K>(int columns, KeyBinder<? super K> binder, int batch) implements KeyPlaces<K> {

    @Override
    public String text(int keys) {
        return String.join(", ", Collections.nCopies(padded(keys), place()));
    }

    private String place() {
        return columns == 1 ? "?" : "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
    }

    private int padded(int keys) {
        int powerOfTwo = keys == 1 ? 1 : Integer.highestOneBit(keys - 1) << 1;
        return Math.min(powerOfTwo, batch);
    }

    @Override
    public void bind(PreparedStatement statement, List<K> keys) throws SQLException {
        int length = padded(keys.size());
        for (int i = 0; i < length; i++) {
            K key = keys.get(Math.min(i, keys.size() - 1));
            binder.bind(statement, 1 + i * columns, key);
        }
    }
}
