package dev.larder.codec;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A key or value cannot become bytes: its class is not known to the codec, or it is too large. That is for a programmer
 * to mend, so it is thrown at the one who puts. The message names the class and the remedy, never the value.
 */
public final class CodecException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean aboutKey;

    /** Creates an exception with a message. */
    public CodecException(String message) {
        this(message, null);
    }

    /** Creates an exception with a message and what caused it. */
    public CodecException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private CodecException(String message, @Nullable Throwable cause, boolean aboutKey) {
        super(message, cause);
        this.aboutKey = aboutKey;
    }

    /** Returns an exception with a message that is about a key, and not about a value. */
    public static CodecException ofKey(String message, @Nullable Throwable cause) {
        return new CodecException(message, cause, true);
    }

    /** Whether it is a key that cannot become bytes. */
    public boolean isAboutKey() {
        return aboutKey;
    }

    /** Returns the exception for something of which the encoded form outgrew a limit. */
    public static CodecException tooLarge(String what, String limit, int bytes) {
        return new CodecException(what + " takes more than " + bytes + " bytes; raise " + limit + " or store less");
    }
}
