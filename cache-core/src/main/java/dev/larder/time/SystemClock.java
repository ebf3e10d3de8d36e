package dev.larder.time;

/** {@link System#nanoTime} moved to an origin of our own, because its own readings may be negative. */
final class SystemClock implements Clock {

    static final SystemClock INSTANCE = new SystemClock();

    private final long origin = System.nanoTime();

    private SystemClock() {}

    @Override
    public long nanos() {
        return System.nanoTime() - origin;
    }
}
