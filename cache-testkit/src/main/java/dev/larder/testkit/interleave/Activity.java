package dev.larder.testkit.interleave;

import java.util.concurrent.TimeUnit;

/** What an actor does, as far as it can be seen from outside; and how long it must be seen so to be left to itself. */
enum Activity {
    /** Stands at a point, or has ended. */
    STILL(0),
    /** Waits for a lock, a latch or the like. A moment, because one that has just been woken still looks so. */
    WAITING(TimeUnit.MILLISECONDS.toNanos(1)),
    /** Has waited with a timeout since its last point: for a moment only, or it looks again and again. */
    WAITING_TIMED(TimeUnit.MILLISECONDS.toNanos(10)),
    /** Seems to wait, for nothing that can be seen. */
    WAKING(TimeUnit.MILLISECONDS.toNanos(200)),
    /** Goes on. */
    RUNNING(Long.MAX_VALUE);

    private final long settleNanos;

    Activity(long settleNanos) {
        this.settleNanos = settleNanos;
    }

    /** Returns how long nothing may have changed before others go on. */
    long settleNanos() {
        return settleNanos;
    }
}
