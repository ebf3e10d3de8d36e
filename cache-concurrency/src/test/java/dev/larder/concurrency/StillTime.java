package dev.larder.concurrency;

import dev.larder.store.StoreContext;
import dev.larder.time.Clock;
import dev.larder.time.Timer;
import java.util.concurrent.Executor;

/** A clock that stands still, and a timer that never rings. */
record StillTime() implements Clock, Timer {

    private static final StillTime INSTANCE = new StillTime();
    private static final long NANOS = 5_000_000_000L;

    /** Returns the context of a store of numbers for which no time passes. */
    static StoreContext<Integer, Integer> numbers() {
        return StoreContext.of("numbers", Integer.class, Integer.class).withTime(INSTANCE, INSTANCE);
    }

    @Override
    public long nanos() {
        return NANOS;
    }

    @Override
    public void runAfter(long delayMillis, Runnable task, Executor executor) {
        // that moment never comes
    }
}
