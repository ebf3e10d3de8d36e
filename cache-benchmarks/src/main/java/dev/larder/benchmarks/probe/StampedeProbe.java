package dev.larder.benchmarks.probe;

import dev.larder.benchmarks.subject.CacheSpec;
import dev.larder.benchmarks.subject.KeyLoader;
import dev.larder.benchmarks.subject.Library;
import dev.larder.benchmarks.subject.Subject;
import dev.larder.benchmarks.subject.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Lets many threads miss one key at the same time, and counts the loads and the milliseconds until all have the value. */
public record StampedeProbe(int threads, Duration load) implements Probe {
    private static final Integer HOT = 42;

    @Override
    public Map<String, Double> measure(Library library) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (Subject subject = library.start()) {
            Target cache = subject.open(CacheSpec.PLAIN.loading(new KeyLoader(load)));
            // what is loaded once, like classes, is not what a stampede costs
            cache.get(HOT + 1);
            long loadsBefore = KeyLoader.loads();
            long nanos = stampede(cache, executor);
            return Map.of(SCORE, nanos / 1e6, "loads", (double) (KeyLoader.loads() - loadsBefore));
        } finally {
            executor.shutdownNow();
        }
    }

    private long stampede(Target cache, ExecutorService executor) throws Exception {
        CountDownLatch ready = new CountDownLatch(threads);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            callers.add(executor.submit(() -> {
                ready.countDown();
                go.await();
                return cache.get(HOT);
            }));
        }
        ready.await();
        long start = System.nanoTime();
        go.countDown();
        for (Future<?> caller : callers) {
            if (!HOT.equals(caller.get(1, TimeUnit.MINUTES))) {
                throw new IllegalStateException("a caller did not get the value that was loaded");
            }
        }
        return System.nanoTime() - start;
    }
}
