package dev.larder.time;

/**
 * Tells how much time has passed since some fixed but arbitrary moment.
 *
 * <p>A clock never runs backwards and has nothing to do with the time of day, so deadlines survive a corrected wall
 * clock. Its readings mean nothing in another JVM. Safe for use by many threads.
 */
@FunctionalInterface
public interface Clock {

    /** Returns nanoseconds since the clock's origin; never negative and never less than a reading before. */
    long nanos();

    /** Returns whole milliseconds since the clock's origin. */
    default long millis() {
        return nanos() / 1_000_000;
    }

    /** Returns the clock of this JVM, counting from about when it was first asked for. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
