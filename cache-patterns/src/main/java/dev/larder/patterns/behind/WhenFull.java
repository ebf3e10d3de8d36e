package dev.larder.patterns.behind;

import java.time.Duration;

/** What happens to a change when the queue is full. Changes of keys that are queued already take no room and always pass. */
public final class WhenFull {

    private final Duration patience;
    private final boolean sheds;

    private WhenFull(Duration patience, boolean sheds) {
        this.patience = patience;
        this.sheds = sheds;
    }

    /** Lets the caller wait for room, and then fails with a {@code CacheWriterException}, which leaves the cache as it was. */
    public static WhenFull block(Duration atMost) {
        if (atMost.isNegative()) {
            throw new IllegalArgumentException("the time to wait must not be negative: " + atMost);
        }
        return new WhenFull(atMost, false);
    }

    /** Fails at once with a {@code CacheWriterException}, which leaves the cache as it was. */
    public static WhenFull reject() {
        return block(Duration.ZERO);
    }

    /**
     * Drops the change and lets the cache have it: it becomes a {@link DeadLetter}, and cache and database are different from then on. For
     * values that may be lost, such as counters of views.
     */
    public static WhenFull shed() {
        return new WhenFull(Duration.ZERO, true);
    }

    long patienceNanos() {
        return patience.toNanos();
    }

    boolean sheds() {
        return sheds;
    }
}
