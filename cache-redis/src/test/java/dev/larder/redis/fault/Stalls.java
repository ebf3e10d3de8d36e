package dev.larder.redis.fault;

import dev.larder.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Watches for how long the machine leaves a thread without a processor that wants nothing but to wake up. */
final class Stalls implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final AtomicLong longestNanos = new AtomicLong();
    private final Thread watch = new Thread(this::watch, "watch");
    private volatile boolean closed;

    Stalls() {
        watch.start();
    }

    private void watch() {
        while (!closed) {
            long start = Clock.system().nanos();
            LockSupport.parkNanos(PAUSE_NANOS);
            longestNanos.accumulateAndGet(Clock.system().nanos() - start - PAUSE_NANOS, Math::max);
        }
    }

    long longestNanos() {
        return longestNanos.get();
    }

    @Override
    public void close() {
        closed = true;
    }
}
