package dev.larder.redis.internal.state;

import dev.larder.time.Clock;

/**
 * How often a cache is cleared again because its epoch is one that is over. Where that is not lost but said by one server while another is cleared, as when sentinels
 * are parted, it would go on for ever: after {@value #MOST} rounds that changed nothing there is a pause of {@value #PAUSE_MILLIS} ms. Safe for use by many threads.
 */
public final class ClearRounds {

    static final int MOST = 3;
    static final long PAUSE_MILLIS = 500;

    private final Clock clock;
    private int inVain;
    private long pauseEndsNanos;

    /** Creates it by the clock that pauses are measured by. */
    public ClearRounds(Clock clock) {
        this.clock = clock;
    }

    /** Whether there is a pause now. */
    public synchronized boolean arePaused() {
        return inVain >= MOST && clock.nanos() - pauseEndsNanos < 0;
    }

    /** Takes note of a round; until {@link #succeeded()} it counts as one that changed nothing. */
    public synchronized void begin() {
        inVain = inVain >= MOST ? 1 : inVain + 1;
        pauseEndsNanos = clock.nanos() + PAUSE_MILLIS * 1_000_000;
    }

    /** Takes note that the epoch is none that is over. */
    public synchronized void succeeded() {
        inVain = 0;
    }
}
