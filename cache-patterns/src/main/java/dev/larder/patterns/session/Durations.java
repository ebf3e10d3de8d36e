package dev.larder.patterns.session;

import java.time.Duration;

/** Durations of users as milliseconds. */
final class Durations {

    private Durations() {}

    /** Returns one in milliseconds; what is too long for that becomes as long as can be. */
    static long millis(Duration duration) {
        try {
            return duration.toMillis();
        } catch (ArithmeticException tooLong) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    static long positive(Duration duration, String what) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(what + " must be more than zero: " + duration);
        }
        return Math.max(1, millis(duration));
    }
}
