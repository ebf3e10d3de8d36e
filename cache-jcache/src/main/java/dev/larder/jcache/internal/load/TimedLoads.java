package dev.larder.jcache.internal.load;

import dev.larder.time.Timer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads that are waited for so long and no longer: other threads do them, and go on when their callers have gone. A load that another
 * load asks for is done on the same thread, which somebody waits for no longer than that anyway.
 */
public final class TimedLoads {

    private final LoadThreads threads;
    private final Timer timer;
    private final long hardMillis;
    private final long softMillis;

    /**
     * Creates it.
     *
     * @param hardMillis how long a call waits, or zero for ever
     * @param softMillis how long a call waits that has an old value, or zero for no shorter than others
     */
    public TimedLoads(LoadThreads threads, Timer timer, long hardMillis, long softMillis) {
        this.threads = threads;
        this.timer = timer;
        this.hardMillis = hardMillis;
        this.softMillis = softMillis;
    }

    LoadThreads threads() {
        return threads;
    }

    /** Returns how long a call waits that has no old value, or zero for ever. */
    long hardMillis() {
        return hardMillis;
    }

    /** Returns how long a call waits that begins now. */
    Patience patience(boolean hasOldValue) {
        if (hasOldValue && softMillis > 0) {
            return Patience.of(timer, softMillis, true);
        }
        return hardMillis > 0 ? Patience.of(timer, hardMillis, false) : Patience.endless();
    }

    /**
     * Does a load and waits for its end.
     *
     * @param onAbandoned told if it will not be done
     * @param onLate told if it goes on without its caller
     * @param key what is loaded, for messages
     */
    <R extends @Nullable Object> R run(
            Supplier<R> load,
            Consumer<Throwable> onAbandoned,
            Runnable onLate,
            Patience patience,
            LoaderErrors errors,
            Object key) {
        if (threads.areWhereWeAre()) {
            return load.get();
        }
        HandedLoad<R> handed = threads.hand(load, onAbandoned);
        if (!handed.await(patience, errors, key)) {
            onLate.run();
            throw patience.end(errors, key);
        }
        return handed.answer(errors);
    }
}
