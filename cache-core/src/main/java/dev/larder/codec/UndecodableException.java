package dev.larder.codec;

import java.io.Serial;

/**
 * Bytes that do not stand for a value. Thrown by codecs only, and never seen by users of a cache: they see a miss.
 *
 * <p>Has no stack trace and no text from the bytes: it may be thrown a thousand times a second by someone's broken data.
 */
public final class UndecodableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final UnreadableReason reason;

    /** Creates an exception for bytes that make no sense. */
    public UndecodableException(String message) {
        this(UnreadableReason.UNDECODABLE, message);
    }

    /** Creates an exception; the message says which rule was broken. */
    public UndecodableException(UnreadableReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** Returns the exception for bytes that ask for more than a limit grants. */
    public static UndecodableException tooLarge(String message) {
        return new UndecodableException(UnreadableReason.TOO_LARGE, message);
    }

    /** Returns what the miss is counted as. */
    public UnreadableReason reason() {
        return reason;
    }
}
