package dev.larder.redis.internal.store;

import dev.larder.time.Timer;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Looks at doubtful keys in the background, some at a time, until there are none; while the server is away, again and again, after longer and longer
 * pauses. It begins a moment late, when the operations that a succession met have ended: what they put and have not noted would be removed. Safe for use by many threads.
 */
final class Settling implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Settling.class.getName());
    private static final long FIRST_MILLIS = 1_000;
    private static final long LAST_RETRY_MILLIS = 60_000;
    private static final int MOST_DOUBLINGS = 6;

    /** Between two requests, for those of users. */
    private static final long PAUSE_MILLIS = 100;

    private final String cacheName;
    private final BooleanSupplier some;
    private final BooleanSupplier haveDoubts;
    private final long firstMillis;
    private final Timer timer;
    private final Executor executor;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private int failures;
    private volatile boolean closed;

    /**
     * Creates what does nothing yet.
     *
     * @param some looks at some keys, and tells whether there are more; may wait for the server
     * @param haveDoubts tells whether there are any
     * @param storeDeadline how long an operation may take
     */
    Settling(
            String cacheName,
            BooleanSupplier some,
            BooleanSupplier haveDoubts,
            Duration storeDeadline,
            Timer timer,
            Executor executor) {
        this.cacheName = cacheName;
        this.some = some;
        this.haveDoubts = haveDoubts;
        this.firstMillis = storeDeadline.toMillis() + FIRST_MILLIS;
        this.timer = timer;
        this.executor = executor;
    }

    /** Begins, if there are doubts and it is not under way. */
    void begin() {
        if (!closed && haveDoubts.getAsBoolean() && underWay.compareAndSet(false, true)) {
            failures = 0;
            later(firstMillis);
        }
    }

    private void later(long millis) {
        timer.runAfter(millis, this::goOn, executor);
    }

    private void goOn() {
        if (closed) {
            return;
        }
        try {
            if (some.getAsBoolean()) {
                failures = 0;
                later(PAUSE_MILLIS);
                return;
            }
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.DEBUG,
                    "keys of cache \"" + cacheName + "\" that a failover made doubtful are looked at later: "
                            + e.getMessage());
            later(nextRetry());
            return;
        }
        underWay.set(false);
        begin(); // for doubts that have come since
    }

    private long nextRetry() {
        return Math.min(FIRST_MILLIS << Math.min(failures++, MOST_DOUBLINGS), LAST_RETRY_MILLIS);
    }

    @Override
    public void close() {
        closed = true;
    }
}
