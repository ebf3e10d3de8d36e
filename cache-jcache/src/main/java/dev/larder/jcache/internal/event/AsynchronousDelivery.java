package dev.larder.jcache.internal.event;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings events to one asynchronous listener: on threads that are this listener's own, in the order of the changes of each key, and of
 * several keys at once.
 *
 * <p>At most {@value #CAPACITY} events wait. What comes when so many do is dropped, counted and logged: to
 * make the writer wait instead would let a listener that hangs stop the cache, and one that writes to the cache stop itself.
 */
final class AsynchronousDelivery<K, V> {

    static final int CAPACITY = 100_000;

    private static final System.Logger LOGGER = System.getLogger(AsynchronousDelivery.class.getName());

    /** The events of each key; a key is in the table as long as a task of the executor works on its queue. */
    private final ConcurrentHashMap<K, Queue<LarderEvent<K, V>>> queues = new ConcurrentHashMap<>();

    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final ExecutorService executor;
    private final String description;
    private final Consumer<LarderEvent<K, V>> listener;
    private volatile boolean closed;

    AsynchronousDelivery(ExecutorService executor, String description, Consumer<LarderEvent<K, V>> listener) {
        this.executor = executor;
        this.description = description;
        this.listener = listener;
    }

    /** Takes an event; called in the order of a key's changes. */
    void enqueue(LarderEvent<K, V> event) {
        if (closed) {
            return;
        }
        if (waiting.incrementAndGet() > CAPACITY) {
            waiting.decrementAndGet();
            drop();
        } else if (isFirstOfKey(event)) {
            start(event.getKey());
        }
    }

    private boolean isFirstOfKey(LarderEvent<K, V> event) {
        Queue<LarderEvent<K, V>> fresh = new ArrayDeque<>();
        return queues.compute(event.getKey(), (key, found) -> {
                    Queue<LarderEvent<K, V>> queue = found == null ? fresh : found;
                    queue.add(event);
                    return queue;
                })
                == fresh;
    }

    private void start(K key) {
        try {
            executor.execute(() -> deliverAll(key));
        } catch (RejectedExecutionException e) {
            // the manager is being closed, and with it this
            queues.remove(key);
        }
    }

    private void deliverAll(K key) {
        for (LarderEvent<K, V> event = next(key); event != null; event = next(key)) {
            waiting.decrementAndGet();
            if (!closed) {
                tell(event);
            }
        }
    }

    private @Nullable LarderEvent<K, V> next(K key) {
        Taken<LarderEvent<K, V>> taken = new Taken<>();
        queues.computeIfPresent(key, (k, queue) -> {
            taken.value = queue.poll();
            return taken.value == null ? null : queue;
        });
        return taken.value;
    }

    private void tell(LarderEvent<K, V> event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, description + " failed; the next event is delivered all the same", e);
        }
    }

    private void drop() {
        long count = dropped.incrementAndGet();
        // the first, the second, the fourth, the eighth ...
        if (Long.bitCount(count) == 1) {
            LOGGER.log(
                    Level.WARNING,
                    "{0} is too slow: {1} events wait and {2} were dropped so far",
                    description,
                    CAPACITY,
                    count);
        }
    }

    long dropped() {
        return dropped.get();
    }

    /** Delivers nothing any more; what the listener is doing now it may finish. */
    void close() {
        closed = true;
        executor.shutdown();
    }
}
