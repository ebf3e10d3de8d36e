package dev.larder.store;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A store could not do what it was asked, for a reason of its own: a server that is gone, a disk that is full. */
public class StoreException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Whether the change that failed may have been applied all the same. */
    public enum Applied {
        /** It was not, and never will be. */
        NO,
        /** It may have been: the store did not say. If it may yet be, this is a {@link StoreTimeoutException}. */
        UNKNOWN
    }

    private final Applied applied;

    /** Creates the exception; the message names the store and what it was asked, never a value or a secret. */
    public StoreException(String message, Applied applied, @Nullable Throwable cause) {
        super(message, cause);
        this.applied = applied;
    }

    /** Returns whether the change may have happened. A remote write that timed out is {@link Applied#UNKNOWN}. */
    public Applied applied() {
        return applied;
    }
}
