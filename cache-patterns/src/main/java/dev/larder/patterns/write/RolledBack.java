package dev.larder.patterns.write;

import java.sql.SQLException;
import java.util.Set;

/** Tells failed commits from those whose outcome is not known. */
final class RolledBack {

    /**
     * Classes of SQLState with which a database answers a commit that it did not make: wrong data, violated constraints, a transaction that had
     * failed before or was chosen as victim, views with checks, what a trigger of PostgreSQL raised.
     */
    private static final Set<String> CLASSES = Set.of("22", "23", "25", "40", "44", "P0");

    /** Of class 40, and yet it means that nobody knows. */
    private static final String COMPLETION_UNKNOWN = "40003";

    private RolledBack() {}

    /**
     * Whether a commit that ended with this was certainly not made. All else is doubtful, such as lost connections, and a
     * server's shutdown, which can come between the commit and its reply.
     */
    static boolean isProvenBy(SQLException failure) {
        String state = failure.getSQLState();
        return state != null
                && state.length() == COMPLETION_UNKNOWN.length()
                && CLASSES.contains(state.substring(0, 2))
                && !state.equals(COMPLETION_UNKNOWN);
    }
}
