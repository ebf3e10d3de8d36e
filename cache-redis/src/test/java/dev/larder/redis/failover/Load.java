package dev.larder.redis.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreException;
import dev.larder.store.Ttl;
import dev.larder.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Threads that read and write a few keys until they are stopped, and remember how each call ended, and when. */
final class Load {

    private static final int KEYS = 60;
    private static final int THREADS = 4;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Store<String, String> store;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong lastFailureMillis = new AtomicLong();
    private volatile boolean stopped;

    /** What became of a call. */
    record Call(boolean isWrite, long startMillis, long endMillis, boolean failed) {

        long took() {
            return endMillis - startMillis;
        }
    }

    private Load(Store<String, String> store) {
        this.store = store;
    }

    static Load start(Store<String, String> store) {
        Load load = new Load(store);
        for (int i = 0; i < THREADS; i++) {
            boolean writes = i % 2 == 0;
            Thread thread = new Thread(() -> load.run(writes), "load-" + i);
            load.threads.add(thread);
            thread.start();
        }
        return load;
    }

    private void run(boolean writes) {
        for (int i = 0; !stopped; i++) {
            call("key" + i % KEYS, writes);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void call(String key, boolean writes) {
        long start = Clock.system().millis();
        boolean failed = false;
        try {
            if (writes) {
                store.write(key, Change.put("value", Ttl.ofMillis(60_000)));
            } else {
                store.read(key);
            }
        } catch (StoreException e) {
            failed = true;
            lastFailureMillis.accumulateAndGet(start, Math::max);
        }
        calls.add(new Call(writes, start, Clock.system().millis(), failed));
    }

    /** Whether no call failed that began in that time. */
    boolean isServedSince(Duration time) {
        return Clock.system().millis() - lastFailureMillis.get() > time.toMillis();
    }

    List<Call> stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        }
        return List.copyOf(calls);
    }

    /** Returns how long after a moment the last call failed, by its start; zero if none did. */
    static long lastFailureAfter(long momentMillis, List<Call> calls) {
        return Math.max(
                0,
                calls.stream()
                                .filter(Call::failed)
                                .mapToLong(Call::startMillis)
                                .max()
                                .orElse(momentMillis)
                        - momentMillis);
    }

    static void assertInTime(List<Call> calls, Duration longest) {
        assertThat(calls.stream().mapToLong(Call::took).max().orElse(0))
                .as("the longest that a caller waited, in milliseconds")
                .isLessThanOrEqualTo(longest.toMillis());
    }
}
