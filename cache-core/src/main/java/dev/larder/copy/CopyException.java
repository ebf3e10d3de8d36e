package dev.larder.copy;

import java.io.ObjectStreamException;
import org.jspecify.annotations.Nullable;

/**
 * A value could not be copied. The message names the class at fault, where in the value it was found if that is known,
 * and what to do about it; it never contains the value.
 */
public final class CopyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final String REMEDY = " register a Copier for it, or use store by reference";

    /** Creates an exception with a message. */
    public CopyException(String message) {
        super(message);
    }

    /** Creates an exception with a message and what caused it. */
    public CopyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static CopyException failed(Object value, Throwable cause) {
        String reason = cause instanceof ObjectStreamException
                ? cause.toString() // names classes only; other messages may hold parts of the value
                : cause.getClass().getName();
        return new CopyException("cannot copy " + nameOf(value) + ": " + reason + ";" + REMEDY, cause);
    }

    static CopyException notSerializable(String what, @Nullable String path, @Nullable Throwable cause) {
        String place = path == null ? "" : " (at " + path + ")";
        return new CopyException(
                "cannot copy " + what + place + ": it is not Serializable; make it Serializable," + REMEDY, cause);
    }

    static CopyException tooDeep(Object value, @Nullable Throwable cause) {
        return new CopyException(
                "cannot copy " + nameOf(value) + ": it is nested too deeply; flatten it," + REMEDY, cause);
    }

    static CopyException refused(Class<?> type, String what, @Nullable Throwable cause) {
        return new CopyException(
                "cannot copy " + type.getTypeName() + ": the serialisation filter refused " + what + "; allow it,"
                        + REMEDY,
                cause);
    }

    private static String nameOf(Object value) {
        return value.getClass().getTypeName();
    }
}
