package dev.larder.store.heap;

import dev.larder.time.Clock;
import dev.larder.time.Timer;
import java.lang.ref.WeakReference;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Wakes the store to drop its dead entries, so that they free memory and are told of though nobody asks for them.
 *
 * <p>A sweep walks over all entries. That costs no memory per entry, as a queue or a timer wheel would, and no work per
 * write. A sweep is due when the earliest known deadline has come, but not before the pause after the sweep before has
 * passed: a second, or {@value #PAUSE_FACTOR} times as long as that sweep took, so that sweeping takes at most 2 % of one
 * core. Until then a dead entry is absent to every caller; it only takes room.
 *
 * <p>The timer knows the store weakly: a forgotten store is collected, whatever its entries' deadlines.
 */
final class ExpirySweeper {

    private static final long MIN_PAUSE_MILLIS = 1_000;
    private static final int PAUSE_FACTOR = 50;
    private static final long NEVER = Long.MAX_VALUE;

    private final Clock clock;
    private final Timer timer;
    private final Executor executor;
    private final WeakReference<HeapStore<?, ?>> store;

    /** When the next sweep is due: the only run that counts; a task woken at another time does nothing. */
    private final AtomicLong nextMillis = new AtomicLong(NEVER);

    private volatile long notBeforeMillis;

    ExpirySweeper(Clock clock, Timer timer, Executor executor, HeapStore<?, ?> store) {
        this.clock = clock;
        this.timer = timer;
        this.executor = executor;
        this.store = new WeakReference<>(store);
    }

    /** Takes note that an entry will be dead from that moment on. The entry is there already: a sweep would see it. */
    void expect(long deadlineMillis, long nowMillis) {
        if (deadlineMillis < nextMillis.get()) {
            schedule(Math.max(Math.max(deadlineMillis, nowMillis), notBeforeMillis), nowMillis);
        }
    }

    private void schedule(long dueMillis, long nowMillis) {
        for (long next = nextMillis.get(); dueMillis < next; next = nextMillis.get()) {
            if (nextMillis.compareAndSet(next, dueMillis)) {
                timer.runAfter(dueMillis - nowMillis, this::run, executor);
                return;
            }
        }
    }

    private void run() {
        long now = clock.millis();
        long due = nextMillis.get();
        HeapStore<?, ?> target = store.get();
        if (target == null || due > now || !nextMillis.compareAndSet(due, NEVER)) {
            return;
        }
        long earliest = target.dropExpired(now);
        long end = clock.millis();
        notBeforeMillis = end + Math.max(MIN_PAUSE_MILLIS, PAUSE_FACTOR * (end - now));
        expect(earliest, end);
    }
}
