package dev.larder.redis.internal.state;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The epochs that are over and not swept yet, as the server names them, and since when this JVM knows. Another that has not heard of the clear goes on
 * writing in the epoch before, and what comes after the sweep stays for good. Safe for use by many threads.
 */
final class Unswept {

    /** For how long somebody may go on: as long as his copy of the state is good, and one operation longer, with something to spare. */
    static final long QUIET_AFTER_MILLIS = 5_000;

    private final Map<Long, Long> sinceNanos = new ConcurrentHashMap<>();

    /** The server names these. */
    void learn(List<Long> epochs, long nowNanos) {
        sinceNanos.keySet().retainAll(epochs);
        epochs.forEach(epoch -> sinceNanos.putIfAbsent(epoch, nowNanos));
    }

    /** Returns those in which nobody writes any more, but for one who was stopped for long. */
    List<Long> quiet(long nowNanos) {
        return sinceNanos.entrySet().stream()
                .filter(epoch -> nowNanos - epoch.getValue() >= QUIET_AFTER_MILLIS * 1_000_000)
                .map(Map.Entry::getKey)
                .toList();
    }
}
