package dev.larder.patterns.behind;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognises failures that lie in the data, so that trying again does not help. */
final class DataErrors {

    private static final String DATA_EXCEPTION = "22";

    /** Not null, unique and check. Not a foreign key: the row it asks for may be on its way. */
    private static final Set<String> VIOLATIONS = Set.of("23502", "23505", "23514");

    private DataErrors() {}

    static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isDataError(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDataError(@Nullable String state) {
        return state != null && (state.startsWith(DATA_EXCEPTION) || VIOLATIONS.contains(state));
    }
}
