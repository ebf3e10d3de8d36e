package dev.larder.redis;

import dev.larder.time.Clock;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Watches when the machine leaves a thread without a processor that wants nothing but to wake up. */
public final class Stalls implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Queue<Span> all = new ConcurrentLinkedQueue<>();
    private final Thread watch = new Thread(this::watch, "watch");
    private volatile boolean closed;

    /** Begins to watch. */
    public Stalls() {
        watch.start();
    }

    /** From one moment to another. */
    public record Span(long beganNanos, long endedNanos) {

        /** Returns how long it was. */
        public long nanos() {
            return endedNanos - beganNanos;
        }

        /** Returns for how long it was at the same time as another, and zero if it was not. */
        public long nanosWith(Span other) {
            return Math.max(0, Math.min(endedNanos, other.endedNanos) - Math.max(beganNanos, other.beganNanos));
        }

        /** Returns what something takes that is done now. */
        public static Span of(Runnable what) {
            long began = Clock.system().nanos();
            what.run();
            return new Span(began, Clock.system().nanos());
        }
    }

    private void watch() {
        while (!closed) {
            long start = Clock.system().nanos();
            LockSupport.parkNanos(PAUSE_NANOS);
            long end = Clock.system().nanos();
            if (end > start + PAUSE_NANOS) {
                all.add(new Span(start + PAUSE_NANOS, end));
            }
        }
    }

    /** Returns how long the longest was. */
    public long longestNanos() {
        return all.stream().mapToLong(Span::nanos).max().orElse(0);
    }

    /** Returns how long a call took without the longest stall that it met with; one at another time is no excuse. */
    public long nanosWithout(Span call) {
        return call.nanos() - all.stream().mapToLong(call::nanosWith).max().orElse(0);
    }

    /** Ends with the stall that there is now. */
    @Override
    public void close() {
        closed = true;
        try {
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
