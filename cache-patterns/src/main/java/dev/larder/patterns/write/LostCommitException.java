package dev.larder.patterns.write;

import java.sql.SQLException;

/** Tells that a commit was sent and its outcome is not known. */
final class LostCommitException extends SQLException {

    private static final long serialVersionUID = 1L;

    LostCommitException(Exception cause) {
        super(cause);
    }
}
