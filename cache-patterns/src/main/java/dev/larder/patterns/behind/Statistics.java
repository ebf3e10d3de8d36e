package dev.larder.patterns.behind;

import org.jspecify.annotations.Nullable;

/** What the public sees of write-behind. */
record Statistics<K, V>(ChangeQueue<K, V> queue, Counts counts, DeadLetters<K, V> letters, int recovered)
        implements WriteBehindMXBean {

    @Override
    public int getWaiting() {
        return queue.level().waiting();
    }

    @Override
    public int getInFlight() {
        return queue.level().inFlight();
    }

    @Override
    public int getCapacity() {
        return queue.capacity();
    }

    @Override
    public long getOldestMillis() {
        return queue.level().oldestMillis();
    }

    @Override
    public long getAccepted() {
        return counts.accepted.sum();
    }

    @Override
    public long getCoalesced() {
        return counts.coalesced.sum();
    }

    @Override
    public long getWritten() {
        return counts.written.sum();
    }

    @Override
    public long getBatches() {
        return counts.batches.sum();
    }

    @Override
    public long getFailures() {
        return counts.failures.sum();
    }

    @Override
    public int getFailuresInARow() {
        return counts.failuresInARow();
    }

    @Override
    public @Nullable String getLastFailure() {
        return counts.lastFailure();
    }

    @Override
    public long getDeadLetters() {
        return letters.taken();
    }

    @Override
    public long getShed() {
        return letters.shed();
    }

    @Override
    public long getRejected() {
        return counts.rejected.sum();
    }

    @Override
    public long getRecovered() {
        return recovered;
    }
}
