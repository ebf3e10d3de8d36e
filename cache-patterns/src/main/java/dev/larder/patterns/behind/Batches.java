package dev.larder.patterns.behind;

import java.util.List;
import javax.cache.integration.CacheWriterException;

/**
 * Brings what waits to the writer, batch by batch, and decides what becomes of what the writer failed with.
 *
 * <p>After a failure changes are tried one by one, to find out whether the writer is away or a change is bad; with each success there may be twice as many in a batch
 * again. A change that fails by itself goes to the end of the queue and waits there for its next turn, until it is given up. Used by one thread at a time.
 */
final class Batches<K, V> {

    private final ChangeQueue<K, V> queue;
    private final ChangeLog<K, V> log;
    private final Delivery<K, V> delivery;
    private final RetryPolicy retries;
    private final DeadLetters<K, V> deadLetters;
    private final Counts counts;
    private final int size;
    private int limit;

    Batches(
            ChangeQueue<K, V> queue,
            ChangeLog<K, V> log,
            Delivery<K, V> delivery,
            RetryPolicy retries,
            DeadLetters<K, V> deadLetters,
            Counts counts,
            int size) {
        this.queue = queue;
        this.log = log;
        this.delivery = delivery;
        this.retries = retries;
        this.deadLetters = deadLetters;
        this.counts = counts;
        this.size = size;
        this.limit = size;
    }

    /** Lets a change that has been parked be tried again, after that many milliseconds. */
    @FunctionalInterface
    interface Reminder<K> {

        void unparkLater(K key, long millis);
    }

    /**
     * Writes what was waiting when it was called.
     *
     * @return for how many milliseconds the writer should be left alone, or zero
     */
    long writeWhatWaits(Reminder<K> reminder) {
        int left = queue.free();
        while (left > 0) {
            List<Change<K, V>> batch = queue.take(Math.min(limit, left));
            if (batch.isEmpty()) {
                return 0;
            }
            Delivery.Result<K, V> result = deliver(batch);
            // in this order: who waited for these to be settled finds them counted
            counts.written(result.written().size());
            queue.settle(result.written());
            left -= batch.size();
            if (result.failure() == null) {
                limit = Math.min(size, 2 * limit);
            } else {
                counts.failedWith(result.failure());
                long pauseMillis = batch.size() == 1
                        ? failedAlone(batch.get(0).tried(), result.failure(), reminder)
                        : failedTogether(result.left(), result.failure());
                left += batch.size() == 1 ? 0 : result.left().size();
                if (pauseMillis > 0) {
                    return pauseMillis;
                }
            }
        }
        return 0;
    }

    /**
     * Delivers what is in the log for certain. Otherwise the JVM could die with a change in the database and the one before it in the log, and the next one would write that again,
     * after the later one.
     */
    private Delivery.Result<K, V> deliver(List<Change<K, V>> batch) {
        try {
            log.force(batch.stream().mapToLong(Change::sequence).max().orElseThrow());
        } catch (CacheWriterException e) {
            return new Delivery.Result<>(List.of(), batch, e);
        }
        return delivery.deliver(batch);
    }

    private long failedTogether(List<Change<K, V>> changes, Throwable failure) {
        limit = 1;
        counts.coalesced.add(queue.giveBack(changes));
        return retries.isRetryable(failure) ? retries.pauseMillis(counts.failuresInARow(), failure) : 0;
    }

    private long failedAlone(Change<K, V> change, Throwable failure, Reminder<K> reminder) {
        limit = 1;
        if (retries.givesUp(change.attempts(), failure) && isBuried(change, failure)) {
            queue.settle(List.of(change));
            return 0;
        }
        long pauseMillis = Math.max(1, retries.pauseMillis(change.attempts(), failure));
        if (queue.park(change)) {
            reminder.unparkLater(change.key(), pauseMillis);
        } else {
            counts.coalesced.increment();
        }
        return retries.pauseMillis(counts.failuresInARow(), failure);
    }

    private boolean isBuried(Change<K, V> change, Throwable failure) {
        return deadLetters.take(new DeadLetter<>(change.key(), change.value(), DeadLetter.Reason.FAILED, failure));
    }
}
