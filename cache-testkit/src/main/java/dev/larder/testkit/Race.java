package dev.larder.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs the same work on several threads that start together, and passes on what one of them throws. */
final class Race {

    private static final long TIMEOUT_SECONDS = 120;

    private final int threads;

    private Race(int threads) {
        this.threads = threads;
    }

    /** The part of one thread. */
    @FunctionalInterface
    interface Part {
        void run(int thread) throws Exception;
    }

    static Race of(int threads) {
        return new Race(threads);
    }

    /** Returns when every thread is done. */
    void run(Part part) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                running.add(executor.submit(() -> {
                    start.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                    part.run(thread);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                await(each);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static void await(Future<?> part) throws InterruptedException, TimeoutException {
        try {
            part.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("a racing thread failed: " + e.getCause(), e.getCause());
        }
    }
}
