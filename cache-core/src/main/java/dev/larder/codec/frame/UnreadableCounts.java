package dev.larder.codec.frame;

import dev.larder.codec.UnreadableReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts the bytes that could not be read, by reason. Safe for use by many threads. */
public final class UnreadableCounts {

    private final Map<UnreadableReason, LongAdder> counters = new EnumMap<>(UnreadableReason.class);

    /** Creates counters that stand at zero. */
    public UnreadableCounts() {
        for (UnreadableReason reason : UnreadableReason.values()) {
            counters.put(reason, new LongAdder());
        }
    }

    /** Counts one. */
    public void count(UnreadableReason reason) {
        counter(reason).increment();
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
