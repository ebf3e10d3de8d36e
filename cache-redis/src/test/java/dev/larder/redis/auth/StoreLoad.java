package dev.larder.redis.auth;

import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that call a store without a pause, and what failed. */
final class StoreLoad implements AutoCloseable {

    private static final int KEYS = 100;
    private static final String TAG = "tag";

    private final Store<Integer, String> store;
    private final List<Thread> threads = new ArrayList<>();
    private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    private final AtomicLong calls = new AtomicLong();
    private volatile boolean stopped;

    private StoreLoad(Store<Integer, String> store) {
        this.store = store;
    }

    static StoreLoad start(Store<Integer, String> store, int threads) {
        StoreLoad load = new StoreLoad(store);
        for (int i = 0; i < threads; i++) {
            Random random = new Random(i);
            Thread thread = new Thread(() -> load.run(random), "load " + i);
            load.threads.add(thread);
            thread.start();
        }
        return load;
    }

    private void run(Random random) {
        while (!stopped) {
            try {
                call(random.nextInt(KEYS), random.nextInt(100));
                calls.incrementAndGet();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
    }

    /** Of a hundred calls one goes to all nodes, over the connections by which JVMs hear of each other. */
    private void call(int key, int which) {
        Change<String> put = Change.put("value", Ttl.ofMillis(60_000)).withTags(Tags.of(Set.of(TAG)));
        if (which == 0) {
            store.clear();
        } else if (which == 1) {
            store.invalidateTags(Set.of(TAG));
        } else if (which < 20) {
            store.readAll(Set.of(key, key + 1, key + 2), Ttl.UNCHANGED);
        } else if (which < 30) {
            store.writeAll(Map.of(key, put, key + 1, put));
        } else if (which < 60) {
            store.write(key, put);
        } else {
            store.read(key);
        }
    }

    boolean hasFailed() {
        return !failures.isEmpty();
    }

    long calls() {
        return calls.get();
    }

    /** Stops, and returns what failed. */
    List<RuntimeException> stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return failures;
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
