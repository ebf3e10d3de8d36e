package dev.larder.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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

    /** Returns when every thread is done; if one fails, the others are interrupted. */
    void run(Part part) throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CompletionService<@Nullable Void> running = start(part, executor);
            List<Throwable> failures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Throwable failure = failureOfNext(running);
                if (failure != null) {
                    failures.add(failure);
                    executor.shutdownNow();
                }
            }
            throwFirst(failures);
        } finally {
            executor.shutdownNow();
        }
    }

    private CompletionService<@Nullable Void> start(Part part, ExecutorService executor) {
        CompletionService<@Nullable Void> running = new ExecutorCompletionService<>(executor);
        CyclicBarrier start = new CyclicBarrier(threads);
        for (int i = 0; i < threads; i++) {
            int thread = i;
            running.submit(() -> {
                start.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                part.run(thread);
                return null;
            });
        }
        return running;
    }

    private static @Nullable Throwable failureOfNext(CompletionService<@Nullable Void> running)
            throws InterruptedException {
        Future<@Nullable Void> done = running.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (done == null) {
            return new AssertionError("a racing thread did not end within " + TIMEOUT_SECONDS + " s");
        }
        try {
            done.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    /** Throws the first failure that is not just the echo of another. */
    private static void throwFirst(List<Throwable> failures) {
        for (Throwable failure : failures) {
            if (!(failure instanceof BrokenBarrierException)) {
                throw new AssertionError("a racing thread failed: " + failure, failure);
            }
        }
    }
}
