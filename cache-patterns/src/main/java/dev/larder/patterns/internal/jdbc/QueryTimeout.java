package dev.larder.patterns.internal.jdbc;

import java.time.Duration;

/** How long a statement may take, as JDBC counts it. */
public final class QueryTimeout {

    /** Never ends a statement. */
    public static final int NONE = 0;

    private QueryTimeout() {}

    /**
     * Returns whole seconds, rounded up.
     *
     * @throws IllegalArgumentException if the duration is not positive
     */
    public static int seconds(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive: " + timeout);
        }
        return Math.toIntExact(timeout.plusNanos(999_999_999).toSeconds());
    }
}
