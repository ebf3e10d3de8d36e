package dev.larder.jcache.concurrency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The threads of a test. Those that still run after it are interrupted. */
public final class Crew implements AfterEachCallback {

    /** How long to wait for something that should be there at once, on a machine that pauses threads for seconds too. */
    public static final Duration SOON = Duration.ofSeconds(60);

    /**
     * How long something may take that is to be over within a second: under stress, which has a machine to itself, that long. In
     * every build it is enough that it ends, and long before a change is given up that others keep from being made.
     */
    public static final Duration A_SECOND = Duration.ofSeconds(Stress.ON ? 1 : 20);

    private final List<Task<?>> tasks = new ArrayList<>();

    /** A part of the work of several threads. */
    @FunctionalInterface
    public interface Part {
        /** Does the part of one thread. */
        void run(int thread) throws Exception;
    }

    /** Starts work on a thread of its own. */
    public <T> Task<T> start(Callable<T> work) {
        Task<T> task = new Task<>(work);
        tasks.add(task);
        return task;
    }

    /** Starts work on a thread of its own. */
    public Task<Void> run(Runnable work) {
        return start(() -> {
            work.run();
            return null;
        });
    }

    /** Lets several threads begin together, and returns when all are done; throws what one of them threw. */
    public void race(int threads, Part part) {
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Task<Void>> racers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            racers.add(start(() -> {
                start.await(SOON.toSeconds(), TimeUnit.SECONDS);
                part.run(thread);
                return null;
            }));
        }
        racers.forEach(racer -> racer.get(Duration.ofMinutes(5)));
    }

    /** Waits for a latch, and fails if it does not open soon. */
    public static void await(CountDownLatch latch) {
        await(latch, SOON);
    }

    static void await(CountDownLatch latch, Duration longest) {
        try {
            if (!latch.await(longest.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("waited in vain");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Waits for a barrier, and fails if it does not trip soon. */
    public static void await(CyclicBarrier barrier) {
        try {
            barrier.await(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("waited in vain at the barrier", e);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        tasks.forEach(Task::interrupt);
    }
}
