package dev.larder.redis.internal.state;

import java.util.concurrent.TimeUnit;

/**
 * How many keys are removed by one command: as many as a server does in a moment, since all others wait meanwhile. A server whose memory is
 * given back to the system piece by piece (one that is built with musl) takes a hundred times as long for the last keys of a million as for the
 * first. For one thread.
 */
final class Portion {

    static final int MOST = 500;
    static final int LEAST = 16;

    /** A quarter of what a command may take before others notice. */
    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private int size = MOST;
    private long tripNanos = Long.MAX_VALUE;

    /** Returns how many may be removed now. */
    int size() {
        return size;
    }

    /** Takes note of how long something took that is little work for the server: the way there and back. */
    void tripTook(long nanos) {
        tripNanos = Math.min(tripNanos, nanos);
    }

    /** Takes note of how long the last removal took. */
    void took(long nanos) {
        boolean isLong = nanos - Math.min(nanos, tripNanos) > LONG_NANOS;
        size = isLong ? Math.max(LEAST, size / 2) : Math.min(MOST, size * 2);
    }
}
