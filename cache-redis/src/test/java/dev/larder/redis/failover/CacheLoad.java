package dev.larder.redis.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.Stalls;
import dev.larder.redis.Stalls.Span;
import dev.larder.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import javax.cache.Cache;

/**
 * Threads that put growing numbers into a cache, each at keys of its own, and others that read all of them. A number that is smaller than one that had
 * been put when the read began was replaced.
 */
final class CacheLoad {

    private static final int KEYS = 60;
    private static final int WRITERS = 2;
    private static final int READERS = 2;
    private static final int ENOUGH = 100;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Cache<Integer, Long> cache;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** The last number of each key of which the cache has said that it is put. */
    private final AtomicLongArray done = new AtomicLongArray(KEYS);

    private final Queue<String> replacedValues = new ConcurrentLinkedQueue<>();
    private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong longestNanos = new AtomicLong();

    /** The calls that took too long, if it was not the machine that stopped them. */
    private final Queue<Span> longCalls = new ConcurrentLinkedQueue<>();

    private final Stalls stalls = new Stalls();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong hits = new AtomicLong();

    /** When the last put began that its own thread could not read afterwards. */
    private final AtomicLong lastUselessMillis = new AtomicLong();

    private CacheLoad(Cache<Integer, Long> cache) {
        this.cache = cache;
    }

    static CacheLoad start(Cache<Integer, Long> cache) {
        CacheLoad load = new CacheLoad(cache);
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            load.start("writer-" + i, round -> load.write(writer + (round * WRITERS) % KEYS, round + 1));
        }
        for (int i = 0; i < READERS; i++) {
            load.start("reader-" + i, round -> load.read(round % KEYS));
        }
        return load;
    }

    /** What a thread does again and again. */
    private interface Round {
        void run(int number);
    }

    private void start(String name, Round work) {
        Thread thread = new Thread(
                () -> {
                    for (int i = 0; !stopped; i++) {
                        work.run(i);
                        LockSupport.parkNanos(PAUSE_NANOS);
                    }
                },
                name);
        threads.add(thread);
        thread.start();
    }

    private void write(int key, long number) {
        long startMillis = Clock.system().millis();
        call(() -> cache.put(key, number));
        done.set(key, number);
        if (read(key) == null) {
            lastUselessMillis.accumulateAndGet(startMillis, Math::max);
        }
    }

    private Long read(int key) {
        long before = done.get(key);
        Long[] found = new Long[1];
        call(() -> found[0] = cache.get(key));
        if (found[0] != null) {
            hits.incrementAndGet();
            if (found[0] < before) {
                replacedValues.add("key " + key + ": " + found[0] + " after " + before);
            }
        }
        return found[0];
    }

    private void call(Runnable call) {
        long start = Clock.system().nanos();
        try {
            call.run();
        } catch (RuntimeException e) {
            failures.add(e);
        }
        remember(new Span(start, Clock.system().nanos()));
        calls.incrementAndGet();
    }

    private void remember(Span call) {
        longestNanos.accumulateAndGet(call.nanos(), Math::max);
        if (call.nanos() > Bounds.operation().toNanos()) {
            longCalls.add(call);
        }
    }

    void stop() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(30));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        stalls.close();
    }

    /** Returns how long after a moment the last put was made that could not be read by who made it. */
    Duration uselessAfter(long momentMillis) {
        return Duration.ofMillis(Math.max(0, lastUselessMillis.get() - momentMillis));
    }

    /** Whether whoever put something in that time could read it, and there was enough of that. */
    boolean isUsefulSince(Duration time) {
        return hits.get() > ENOUGH && Clock.system().millis() - lastUselessMillis.get() > time.toMillis();
    }

    void assertNobodyIsTroubled() {
        assertThat(failures).as("exceptions from get and put").isEmpty();
        assertThat(replacedValues).as("values that were replaced").isEmpty();
        assertThat(longCalls)
                .as("calls that took too long, also without the stall of the machine that each met with")
                .noneMatch(
                        call -> stalls.nanosWithout(call) > Bounds.operation().toNanos());
        assertThat(hits.get()).as("values read").isGreaterThan(ENOUGH);
    }

    @Override
    public String toString() {
        return calls + " calls, " + hits + " hits, the longest took "
                + TimeUnit.NANOSECONDS.toMicros(longestNanos.get()) + " us (a thread that does nothing "
                + TimeUnit.NANOSECONDS.toMicros(stalls.longestNanos()) + " us), " + failures.size() + " failed, "
                + replacedValues.size() + " replaced values were read";
    }
}
