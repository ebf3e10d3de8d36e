package dev.larder.patterns.jdbc;

import java.util.stream.Collectors;

/** How databases say "insert this row, or update it if it is there". */
public enum Dialect {

    /** {@code insert ... on conflict ... do update}, also of SQLite. */
    POSTGRESQL {
        @Override
        String upsert(Table table) {
            String conflict = table.insert() + " on conflict (" + String.join(", ", table.keyColumns()) + ") do ";
            return table.otherColumns().isEmpty()
                    ? conflict + "nothing"
                    : conflict + "update set " + assignments(table, "%1$s = excluded.%1$s");
        }
    },

    /** {@code merge into ... key ...}. */
    H2 {
        @Override
        String upsert(Table table) {
            return "merge into " + table.name() + " (" + String.join(", ", table.all()) + ") key ("
                    + String.join(", ", table.keyColumns()) + ") values (" + table.places() + ")";
        }
    },

    /** {@code insert ... on duplicate key update}, also of MariaDB. */
    MYSQL {
        @Override
        String upsert(Table table) {
            String update = table.otherColumns().isEmpty()
                    ? "%1$s = %1$s".formatted(table.keyColumns().get(0))
                    : assignments(table, "%1$s = values(%1$s)");
            return table.insert() + " on duplicate key update " + update;
        }
    };

    abstract String upsert(Table table);

    private static String assignments(Table table, String form) {
        return table.otherColumns().stream().map(form::formatted).collect(Collectors.joining(", "));
    }
}
