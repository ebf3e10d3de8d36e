package dev.larder.jcache.internal.event;

import dev.larder.jcache.internal.concurrent.WaitGraph;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryListenerException;
import org.jspecify.annotations.Nullable;

/**
 * Brings news to synchronous listeners: on the threads that made the changes, after these let go of the key's lock, in
 * the order of the changes of each key.
 *
 * <p>News are queued under the lock of the key, so the queue has their order. Afterwards each thread takes its turn at the
 * queue and delivers what is there, its own news and those of others, until its own are delivered. A thread that is a
 * listener's already never waits for a turn: two listeners that change each other's keys would wait for each other. Nor
 * does one whom the turn's owner waits for, by way of a lock or a load. Their news are delivered by whoever has the turn.
 */
final class SynchronousDelivery<K, V> {

    private static final ThreadLocal<Boolean> DELIVERING = new ThreadLocal<>();

    private final ConcurrentHashMap<K, Turn<K, V>> turns = new ConcurrentHashMap<>();
    private final Consumer<News<K, V>> listeners;

    SynchronousDelivery(Consumer<News<K, V>> listeners) {
        this.listeners = listeners;
    }

    /** The news of one key, and the right to deliver them. */
    private static final class Turn<K, V> extends ReentrantLock implements WaitGraph.Owned {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // nobody serialises these
        private final Queue<Bulletin<K, V>> waiting = new ConcurrentLinkedQueue<>();

        @Override
        public @Nullable Thread owner() {
            return getOwner();
        }
    }

    /** Whether this thread runs a listener. */
    static boolean isListening() {
        return DELIVERING.get() != null;
    }

    void enqueue(Bulletin<K, V> bulletin) {
        turns.compute(bulletin.key(), (key, turn) -> {
            Turn<K, V> used = turn == null ? new Turn<>() : turn;
            used.waiting.add(bulletin);
            return used;
        });
    }

    /**
     * Returns when the news are delivered, or when somebody else is sure to do it and this thread must not wait.
     *
     * @throws CacheEntryListenerException if a listener failed on these news
     */
    void deliver(Bulletin<K, V> bulletin) {
        for (Turn<K, V> turn = turns.get(bulletin.key()); turn != null; turn = turns.get(bulletin.key())) {
            if (!takeTurn(turn)) {
                return;
            }
            try {
                deliverAll(turn);
            } finally {
                turn.unlock();
            }
            // news may have come since from a listener that could not wait: see that somebody brings them
            boolean othersWillLook = turn.hasQueuedThreads();
            if (bulletin.isDelivered() && (othersWillLook || forgetIfEmpty(bulletin.key(), turn))) {
                break;
            }
        }
        if (bulletin.isDelivered()) {
            bulletin.throwFailure();
        }
    }

    private boolean takeTurn(Turn<K, V> turn) {
        if (turn.isHeldByCurrentThread()) {
            return false;
        }
        if (turn.tryLock()) {
            return true;
        }
        if (isListening() || !WaitGraph.enter(turn)) {
            return false;
        }
        try {
            turn.lockInterruptibly();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (turn.tryLock()) {
                // who had the turn saw this thread waiting, and may have left the news to it
                return true;
            }
            throw new CacheException("interrupted while waiting for a listener; the change itself is done", e);
        } finally {
            WaitGraph.leave();
        }
    }

    private boolean forgetIfEmpty(K key, Turn<K, V> turn) {
        turns.computeIfPresent(key, (k, found) -> found == turn && turn.waiting.isEmpty() ? null : found);
        return turn.waiting.isEmpty();
    }

    private void deliverAll(Turn<K, V> turn) {
        boolean nested = isListening();
        DELIVERING.set(true);
        try {
            for (Bulletin<K, V> next = turn.waiting.poll(); next != null; next = turn.waiting.poll()) {
                next.delivered(failureOf(next));
            }
        } finally {
            if (!nested) {
                DELIVERING.remove();
            }
        }
    }

    private @Nullable CacheEntryListenerException failureOf(Bulletin<K, V> bulletin) {
        CacheEntryListenerException failure = null;
        for (News<K, V> news : bulletin.news()) {
            try {
                listeners.accept(news);
            } catch (CacheEntryListenerException e) {
                logger().log(Level.DEBUG, "a listener failed", e);
                failure = e;
            }
        }
        return failure;
    }

    /** Asked for when there is something to say, which is rare: it takes long until the first logger is there. */
    private static System.Logger logger() {
        return System.getLogger(SynchronousDelivery.class.getName());
    }

    int size() {
        return turns.size();
    }
}
