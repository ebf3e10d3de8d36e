package dev.larder.concurrency.races;

import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.heap.HeapStore;
import dev.larder.time.Clock;
import dev.larder.time.Timer;

/** Opens heap stores for which no time passes. */
final class Stores {

    private static final Clock CLOCK = () -> 5_000_000_000L;
    private static final Timer TIMER = (delayMillis, task, executor) -> {};

    private Stores() {}

    static <V> StoreContext<String, V> context(Class<V> valueType) {
        return StoreContext.of("race", String.class, valueType).withTime(CLOCK, TIMER);
    }

    static <V> Store<String, V> open(Class<V> valueType) {
        return HeapStore.unbounded().open(context(valueType));
    }

    /** Opens a store whose entries tell how long they have still to live. */
    static <V> Store<String, V> openWithDeadlines(Class<V> valueType) {
        return HeapStore.unbounded().open(context(valueType).withNeedsDeadline(true));
    }
}
