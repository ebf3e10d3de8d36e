package dev.larder.patterns.session;

import java.io.InvalidClassException;

/** A class may be neither written nor read. */
final class NotAllowedException extends InvalidClassException {

    private static final long serialVersionUID = 1L;

    NotAllowedException(String reason) {
        super(reason);
    }
}
