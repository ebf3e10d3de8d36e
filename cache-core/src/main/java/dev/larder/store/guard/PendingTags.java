package dev.larder.store.guard;

import dev.larder.store.StoreException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The tags that must be invalidated in the store before anything that it says may be believed. To invalidate one twice, or late,
 * does no harm. Safe for use by many threads.
 */
final class PendingTags {

    private final AtomicLong marks = new AtomicLong();

    /** Each with a mark of its own, so that no tag is forgotten that came once more meanwhile. */
    private final ConcurrentHashMap<String, Long> tags = new ConcurrentHashMap<>();

    void add(Set<String> names) {
        long mark = marks.incrementAndGet();
        names.forEach(name -> tags.put(name, mark));
    }

    boolean isEmpty() {
        return tags.isEmpty();
    }

    int size() {
        return tags.size();
    }

    /** Returns what forgets the tags that are pending now, but for those that come once more. */
    Runnable forgetting() {
        Map<String, Long> pending = Map.copyOf(tags);
        return () -> pending.forEach(tags::remove);
    }

    /**
     * Invalidates the tags until none is pending, or it fails.
     *
     * @throws StoreException if it cannot be done now
     */
    void settle(Consumer<Set<String>> invalidation) {
        while (!tags.isEmpty()) {
            Map<String, Long> pending = Map.copyOf(tags);
            invalidation.accept(pending.keySet());
            pending.forEach(tags::remove);
        }
    }
}
