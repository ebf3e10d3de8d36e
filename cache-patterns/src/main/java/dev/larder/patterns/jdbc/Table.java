package dev.larder.patterns.jdbc;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table, from which the SQL of loaders and writers is made.
 *
 * <pre>{@code
 * Table airports = Table.named("airport").key("icao").columns("name", "city");
 * airports.select();                    // select icao, name, city from airport where icao in (:keys)
 * airports.upsert(Dialect.POSTGRESQL);  // insert into airport (icao, name, city) values (?, ?, ?) on conflict ...
 * airports.delete();                    // delete from airport where icao = ?
 * }</pre>
 *
 * <p>Names stand in the SQL as they are given here: quote those that need it, and take none from outside the program.
 * Parameters are the columns of the key, then the others, in the order given. Immutable.
 */
public final class Table {

    private final String name;
    private final List<String> key;
    private final List<String> columns;

    private Table(String name, List<String> key, List<String> columns) {
        this.name = name;
        this.key = key;
        this.columns = columns;
    }

    /** Returns a table of that name, whose columns are still to be told. */
    public static Table named(String name) {
        return new Table(Objects.requireNonNull(name, "name"), List.of(), List.of());
    }

    /** Returns this table with its key, which must be unique in the database: one column or more. */
    public Table key(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("a key has at least one column");
        }
        return new Table(name, List.of(names), columns);
    }

    /** Returns this table with the other columns that are read and written. */
    public Table columns(String... names) {
        return new Table(name, key, List.of(names));
    }

    /** Returns the query of a loader, with {@code :keys} in it. */
    public String select() {
        String keys = keyColumns().size() == 1 ? key.get(0) : "(" + String.join(", ", key) + ")";
        return "select " + String.join(", ", all()) + " from " + name + " where " + keys + " in (:keys)";
    }

    /** Returns the statement that inserts a row, or updates the one there is. */
    public String upsert(Dialect dialect) {
        return dialect.upsert(this);
    }

    /** Returns the statement that deletes a row by its key. */
    public String delete() {
        return "delete from " + name + " where "
                + keyColumns().stream().map(column -> column + " = ?").collect(Collectors.joining(" and "));
    }

    String name() {
        return name;
    }

    List<String> keyColumns() {
        if (key.isEmpty()) {
            throw new IllegalStateException("table " + name + " has no key yet: call key(...) first");
        }
        return key;
    }

    List<String> otherColumns() {
        return columns;
    }

    List<String> all() {
        return Stream.concat(keyColumns().stream(), columns.stream()).toList();
    }

    String insert() {
        return "insert into " + name + " (" + String.join(", ", all()) + ") values (" + places() + ")";
    }

    String places() {
        return String.join(", ", Collections.nCopies(all().size(), "?"));
    }
}
