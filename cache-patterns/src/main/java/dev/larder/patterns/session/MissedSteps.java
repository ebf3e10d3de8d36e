package dev.larder.patterns.session;

import dev.larder.patterns.session.internal.index.IndexStep;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;

/** Changes of indexes that wait until their cache is there again. Safe for use by many threads. */
final class MissedSteps {

    private record Missed(String key, IndexStep step) {}

    private final int capacity;
    private final Deque<Missed> missed = new ArrayDeque<>();

    MissedSteps(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds one.
     *
     * @throws SessionStoreException if there is no room
     */
    synchronized void add(String key, IndexStep step) {
        if (missed.size() >= capacity) {
            throw new SessionStoreException(
                    "while the cache is away, more was to be told to indexes than localSessions = " + capacity, null);
        }
        missed.add(new Missed(key, step));
    }

    /** Hands them over in their order, and forgets each that was taken without an exception. */
    synchronized void forEach(BiConsumer<String, IndexStep> taker) {
        for (Missed first = missed.peek(); first != null; first = missed.peek()) {
            taker.accept(first.key(), first.step());
            missed.remove();
        }
    }
}
