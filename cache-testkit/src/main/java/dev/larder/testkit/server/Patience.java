package dev.larder.testkit.server;

import dev.larder.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Looks again and again whether something has come about, for a limited time. */
final class Patience {

    private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();

    private Patience() {}

    /**
     * Returns whether it came about in time.
     *
     * @throws IllegalStateException if the thread is interrupted meanwhile, which it stays
     */
    static boolean await(Duration limit, BooleanSupplier condition) {
        Clock clock = Clock.system();
        long end = clock.nanos() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (clock.nanos() - end >= 0) {
                return false;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while waiting for a redis server");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }
}
