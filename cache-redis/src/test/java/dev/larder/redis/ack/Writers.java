package dev.larder.redis.ack;

import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreException;
import dev.larder.store.Ttl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Threads that put one new key after the other, with a pause between, until they are stopped, and remember those of which they were told that it is done. */
final class Writers {

    static final int THREADS = 8;

    /** The servers, and who waits for them, need the processors, too. */
    private static final long PAUSE_NANOS = 1_000_000;

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Store<String, String> store;
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isStopped;
    private volatile @Nullable StoreException lastFailure;

    private Writers(Store<String, String> store) {
        this.store = store;
    }

    static Writers start(Store<String, String> store) {
        Writers writers = new Writers(store);
        for (int i = 0; i < THREADS; i++) {
            String name = "writer" + i;
            Thread thread = new Thread(() -> writers.run(name), name);
            writers.threads.add(thread);
            thread.start();
        }
        return writers;
    }

    private void run(String name) {
        for (int i = 0; !isStopped; i++) {
            String key = name + "-" + i;
            try {
                store.write(key, Change.put(key, Ttl.ofMillis(600_000)));
                acknowledged.add(key);
            } catch (StoreException e) {
                lastFailure = e; // nobody was told that it is done
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /** Waits until so many more were acknowledged; if they are not, it is told why. */
    void awaitMore(int count) {
        int wanted = acknowledged() + count;
        try {
            Awaitility.await().atMost(LIMIT).until(() -> acknowledged() >= wanted);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(acknowledged() + " writes were acknowledged in place of " + wanted, lastFailure);
        }
    }

    /** Returns the keys of which somebody was told that they were written. */
    List<String> stop() throws InterruptedException {
        isStopped = true;
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        }
        return List.copyOf(acknowledged);
    }
}
