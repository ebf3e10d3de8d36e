package dev.larder.patterns.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Sweeps now and then, on a thread of its own; the instances of a fleet not all at the same time. */
final class SweepThread implements AutoCloseable {

    private static final Logger LOG = System.getLogger("dev.larder.patterns.session");

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "larder-session-sweep");
        thread.setDaemon(true);
        return thread;
    });

    SweepThread(Sweeping sweeping, Duration every) {
        long nanos = every.toNanos();
        var unused = executor.scheduleWithFixedDelay(
                () -> sweep(sweeping), ThreadLocalRandom.current().nextLong(nanos), nanos, TimeUnit.NANOSECONDS);
    }

    private static void sweep(Sweeping sweeping) {
        try {
            sweeping.sweep();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "a sweep for sessions whose time is over failed; the next one goes on", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
