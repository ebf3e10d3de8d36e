package dev.larder.store.guard;

import dev.larder.store.StoreException;
import dev.larder.time.Clock;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Since when and why a store fails; one line in the log when that begins, one when it is over.
 *
 * <p>It is over when the store answers, nothing is pending, and a while has passed without a failure: a store that fails now and
 * then shall not write two lines each time. Safe for use by many threads; an answer of a sound store costs a volatile read.
 */
final class Degradation {

    private static final System.Logger LOGGER = System.getLogger(Degradation.class.getName());
    private static final long QUIET_MILLIS = 1_000;

    private final String cacheName;
    private final OnStoreFailure onFailure;
    private final Clock clock;
    private final Executor writer;
    private volatile @Nullable Failing failing;

    /** A time of failing, and its last failure. */
    private record Failing(long sinceMillis, long lastMillis, String cause) {}

    /** Lets the lines be written by that; callers do not wait for it. */
    Degradation(String cacheName, OnStoreFailure onFailure, Clock clock, Executor writer) {
        this.cacheName = cacheName;
        this.onFailure = onFailure;
        this.clock = clock;
        this.writer = writer;
    }

    /** Notes that a call failed. */
    void noteFailure(StoreException failure, boolean breakerOpen, int pending) {
        String cause = String.valueOf(failure.getMessage());
        long now = clock.millis();
        synchronized (this) {
            Failing before = failing;
            failing = new Failing(before == null ? now : before.sinceMillis(), now, cause);
            if (before == null) {
                logBeginning(cause, breakerOpen, pending);
            }
        }
        LOGGER.log(Level.DEBUG, () -> "cache \"" + cacheName + "\": its store failed", failure);
    }

    private void logBeginning(String cause, boolean breakerOpen, int pending) {
        log(
                Level.WARNING,
                () -> "cache \"" + cacheName + "\": its store fails; "
                        + (onFailure == OnStoreFailure.DEGRADE ? "going on without it" : "operations fail with it")
                        + ": " + cause + "; breaker " + (breakerOpen ? "open" : "closed") + ", "
                        + (pending < 0 ? "all" : pending) + " keys pending");
    }

    /** Notes that a call was answered. */
    void noteAnswer(BooleanSupplier isSettled) {
        Failing now = failing;
        if (now != null && clock.millis() - now.lastMillis() >= QUIET_MILLIS && isSettled.getAsBoolean()) {
            end(now);
        }
    }

    private synchronized void end(Failing ended) {
        if (!ended.equals(failing)) {
            return;
        }
        failing = null;
        long millis = clock.millis() - ended.sinceMillis();
        log(
                Level.INFO,
                () -> "cache \"" + cacheName + "\": its store is back after " + millis
                        + " ms, and nothing is pending; the last failure was: " + ended.cause());
    }

    private void log(Level level, Supplier<String> line) {
        if (LOGGER.isLoggable(level)) {
            writer.execute(() -> LOGGER.log(level, line));
        }
    }

    boolean isOn() {
        return failing != null;
    }

    long millis() {
        Failing now = failing;
        return now == null ? 0 : clock.millis() - now.sinceMillis();
    }

    @Nullable
    String cause() {
        Failing now = failing;
        return now == null ? null : now.cause();
    }
}
