package dev.larder.codec.frame;

import dev.larder.codec.UnreadableReason;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the bytes that could not be read, by reason; the first of each is worth a line in the log. Safe for use by many threads.
 */
public final class UnreadableCounts {

    private final String cache;
    private final Map<UnreadableReason, LongAdder> counters = new EnumMap<>(UnreadableReason.class);
    private final Set<UnreadableReason> logged = ConcurrentHashMap.newKeySet();

    /** Creates counters of a cache that stand at zero. */
    public UnreadableCounts(String cache) {
        this.cache = cache;
        for (UnreadableReason reason : UnreadableReason.values()) {
            counters.put(reason, new LongAdder());
        }
    }

    /** Counts one. */
    public void count(UnreadableReason reason) {
        counter(reason).increment();
        if (logged.add(reason)) {
            Warning.log(cache, reason);
        }
    }

    /** Loads a logger only where there is something to tell. */
    private static final class Warning {

        private static final System.Logger LOGGER = System.getLogger(UnreadableCounts.class.getName());

        static void log(String cache, UnreadableReason reason) {
            LOGGER.log(
                    Level.WARNING,
                    () -> "cache \"" + cache + "\": what its store has for a key is no value of this cache: " + reason
                            + "; it counts as missing; " + reason.advice()
                            + "; further ones are counted, and not logged");
        }
    }

    /** Returns how many there were for a reason. */
    public long of(UnreadableReason reason) {
        return counter(reason).sum();
    }

    /** Returns how many there were in all. */
    public long total() {
        return counters.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Returns the reasons that occurred, with how often. */
    public Map<UnreadableReason, Long> snapshot() {
        Map<UnreadableReason, Long> snapshot = new EnumMap<>(UnreadableReason.class);
        counters.forEach((reason, counter) -> {
            long count = counter.sum();
            if (count > 0) {
                snapshot.put(reason, count);
            }
        });
        return Collections.unmodifiableMap(snapshot);
    }

    @Override
    public String toString() {
        return snapshot().toString();
    }

    private LongAdder counter(UnreadableReason reason) {
        LongAdder counter = counters.get(reason);
        if (counter == null) {
            throw new IllegalStateException("no counter for " + reason);
        }
        return counter;
    }
}
