package dev.larder.redis.internal.state;

import java.io.Serial;

/** A cache was cleared once more, and so the epoch that was learned is over as well: it has to be asked for again. */
public final class ClearedOnceMoreException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public ClearedOnceMoreException() {
        super("cleared once more");
    }
}
