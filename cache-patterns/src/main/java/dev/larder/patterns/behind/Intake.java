package dev.larder.patterns.behind;

import dev.larder.patterns.write.UnknownOutcomeException;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Function;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/**
 * Takes changes in, and acknowledges them when they are queued and in the journal.
 *
 * @param name the name of write-behind
 */
record Intake<K, V>(
        String name,
        WhenFull whenFull,
        ChangeQueue<K, V> queue,
        ChangeLog<K, V> log,
        Flusher<K, V> flusher,
        DeadLetters<K, V> deadLetters,
        Counts counts) {

    /** Returns when the change is acknowledged. */
    void take(K key, @Nullable V value) {
        acknowledge(queue(key, value), Set.of(key));
    }

    /** Takes in all that it can, and takes from the collection what is acknowledged. */
    <T> void takeAll(Collection<T> changes, Function<T, K> key, Function<T, @Nullable V> value) {
        IdentityHashMap<T, K> queued = new IdentityHashMap<>();
        long last = 0;
        try {
            for (T change : changes) {
                last = Math.max(last, queue(key.apply(change), value.apply(change)));
                queued.put(change, key.apply(change));
            }
        } finally {
            acknowledge(last, Set.copyOf(queued.values()));
            changes.removeIf(queued::containsKey);
        }
    }

    /** Returns the number of the change, or 0 if it was shed. */
    private long queue(K key, @Nullable V value) {
        Offer offer = offer(key, value);
        switch (offer.outcome()) {
            case QUEUED -> counts.accepted.increment();
            case COALESCED -> {
                counts.accepted.increment();
                counts.coalesced.increment();
            }
            case FULL -> refuse(key, value);
            case CLOSED -> throw new CacheWriterException(prefix() + "it is closed");
        }
        if (offer.needsRun()) {
            flusher.wake();
        }
        return offer.sequence();
    }

    private Offer offer(K key, @Nullable V value) {
        try {
            return queue.offer(key, value, whenFull.patienceNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheWriterException(prefix() + "interrupted while the queue was full", e);
        }
    }

    private void refuse(K key, @Nullable V value) {
        if (whenFull.sheds()) {
            deadLetters.take(new DeadLetter<>(key, value, DeadLetter.Reason.SHED, null));
            return;
        }
        counts.rejected.increment();
        throw new CacheWriterException(
                prefix() + "the queue is full: " + queue.capacity() + " keys have changes that are not written");
    }

    private void acknowledge(long sequence, Set<K> keys) {
        try {
            log.force(sequence);
        } catch (CacheWriterException e) {
            String message = prefix() + "the journal failed, and nobody knows whether " + keys.size()
                    + " queued changes will outlive this JVM";
            throw new UnknownOutcomeException(message, keys, e);
        }
    }

    private String prefix() {
        return "write-behind \"" + name + "\": ";
    }
}
