package dev.larder.store.guard;

import dev.larder.store.StoreException;
import dev.larder.time.Clock;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Since when and why a store fails; one line in the log when it begins, one when it ends. */
final class Degradation {

    private static final System.Logger LOGGER = System.getLogger(Degradation.class.getName());

    private final String cacheName;
    private final Clock clock;
    private volatile @Nullable Failing failing;

    /** A time of failing. */
    private record Failing(long sinceMillis, String cause) {}

    Degradation(String cacheName, Clock clock) {
        this.cacheName = cacheName;
        this.clock = clock;
    }

    void begin(StoreException cause) {
        if (failing != null) {
            return;
        }
        synchronized (this) {
            if (failing == null) {
                failing = new Failing(clock.millis(), String.valueOf(cause.getMessage()));
                LOGGER.log(Level.WARNING, "cache \"" + cacheName + "\": its store fails; going on without it", cause);
            }
        }
    }

    void end() {
        if (failing == null) {
            return;
        }
        synchronized (this) {
            Failing ended = failing;
            if (ended != null) {
                failing = null;
                LOGGER.log(
                        Level.INFO,
                        "cache \"{0}\": its store is back after {1} ms",
                        cacheName,
                        clock.millis() - ended.sinceMillis());
            }
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
