package dev.larder.store.guard;

import dev.larder.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stops calls to a store that fails, so that callers do not wait for a deadline each time and the store is not hammered
 * while it comes back.
 *
 * <p>After some failures in a row it is <em>open</em> for a while: no call passes. Then one call passes as a probe, and the others
 * still do not; if the probe succeeds the breaker is closed again, if it fails it stays open for as long again. After M. Nygard,
 * "Release It!". Safe for use by many threads; a passing call costs a volatile read.
 */
final class Breaker {

    private static final long CLOSED = -1;

    private final Clock clock;
    private final int failuresToOpen;
    private final long openMillis;

    /** When the next probe may pass, or {@link #CLOSED}. */
    private final AtomicLong probeAtMillis = new AtomicLong(CLOSED);

    private volatile int failuresInRow;

    Breaker(Clock clock, int failuresToOpen, long openMillis) {
        this.clock = clock;
        this.failuresToOpen = failuresToOpen;
        this.openMillis = openMillis;
    }

    /** Whether a call may be made now; the answer to {@code true} is {@link #succeeded}, {@link #failed} or {@link #notAnswered}. */
    boolean tryPass() {
        long probeAt = probeAtMillis.get();
        if (probeAt == CLOSED) {
            return true;
        }
        long now = clock.millis();
        return now >= probeAt && probeAtMillis.compareAndSet(probeAt, now + openMillis);
    }

    /** Notes that a call was answered. */
    void succeeded() {
        if (failuresInRow != 0 || isOpen()) {
            close();
        }
    }

    private synchronized void close() {
        failuresInRow = 0;
        probeAtMillis.set(CLOSED);
    }

    /** Notes that a call failed. */
    synchronized void failed() {
        failuresInRow++;
        if (failuresInRow >= failuresToOpen) {
            probeAtMillis.set(clock.millis() + openMillis);
        }
    }

    /** Notes that a call ended in a way that tells nothing of the store: if it was the probe, the next one may be it. */
    synchronized void notAnswered() {
        if (isOpen()) {
            probeAtMillis.set(clock.millis());
        }
    }

    boolean isOpen() {
        return probeAtMillis.get() != CLOSED;
    }
}
