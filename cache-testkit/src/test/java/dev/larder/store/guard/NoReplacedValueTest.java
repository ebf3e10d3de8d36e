package dev.larder.store.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.StoreTimeoutException;
import dev.larder.store.Ttl;
import dev.larder.store.heap.HeapStore;
import dev.larder.testkit.FakeTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The promise of the guard, against threads that write and read, and a store that fails in every way it can. The values of a
 * key only grow: a smaller one than was there before is one that was replaced.
 */
@Timeout(600)
class NoReplacedValueTest {

    private static final int KEYS = 4;
    private static final int THREADS = 6;
    private static final int ROUNDS = 4_000;
    private static final Set<String> LOCAL = Set.of("traits", "listen", "close", "destroy");

    private final FakeTime time = new FakeTime();
    private final StoreContext<Integer, Long> context = StoreContext.of("users", Integer.class, Long.class)
            .withTime(time, time)
            .withExecutor(Runnable::run);
    private final Store<Integer, Long> heap = HeapStore.unbounded().open(context);
    private final Queue<Runnable> late = new ConcurrentLinkedQueue<>();
    private final AtomicInteger hits = new AtomicInteger();

    /** How often a call of a hundred fails; it changes, so that there are outages and times without. */
    private volatile int failures;

    private final Object[] locks = new Object[KEYS];
    private final long[] next = new long[KEYS];

    /** The last value of each key of which a writer was told that it is done. */
    private final AtomicLongArray done = new AtomicLongArray(KEYS);

    NoReplacedValueTest() {
        for (int key = 0; key < KEYS; key++) {
            locks[key] = new Object();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noReplacedValueIsReadAgain(OnStoreFailure onFailure) throws Exception {
        GuardedStore<Integer, Long> store = new GuardedStore<>(failing(), context, onFailure);

        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int seed = thread;
                running.add(executor.submit(() -> work(store, new Random(seed), seed == 0)));
            }
            for (Future<?> each : running) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            executor.shutdownNow();
        }

        assertThat(hits.get()).as("values read").isGreaterThan(100);
        settle(store);
        assertThat(store.status().pendingInvalidations()).isZero();
    }

    private void work(GuardedStore<Integer, Long> store, Random random, boolean upsets) {
        Map<Integer, Long> seen = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            int key = random.nextInt(KEYS);
            switch (random.nextInt(upsets ? 12 : 10)) {
                case 0, 1 -> change(store, key, true);
                case 2 -> change(store, key, false);
                case 10 -> upset(store, random);
                case 11 -> time.advance(Duration.ofMillis(100));
                default -> read(store, key, seen);
            }
        }
    }

    private void upset(GuardedStore<Integer, Long> store, Random random) {
        failures = random.nextBoolean() ? 0 : random.nextInt(100);
        if (random.nextInt(10) == 0) {
            try {
                store.clear();
            } catch (StoreException e) {
                assertThat(e.getMessage()).isNotNull();
            }
        }
        arrive();
    }

    private void arrive() {
        for (Runnable call = late.poll(); call != null; call = late.poll()) {
            call.run();
        }
    }

    private void settle(GuardedStore<Integer, Long> store) {
        failures = 0;
        arrive();
        time.advance(Duration.ofSeconds(5));
        assertThat(store.readAll(Set.of(), Ttl.UNCHANGED)).isEmpty();
    }

    private void change(GuardedStore<Integer, Long> store, int key, boolean isPut) {
        synchronized (locks[key]) {
            long value = ++next[key];
            Change<Long> change = isPut ? Change.put(value, Ttl.ETERNAL) : Change.remove();
            try {
                store.write(key, change.orInvalidate());
                done.set(key, value);
            } catch (StoreException e) {
                assertThat(e.applied()).isNotNull();
            }
        }
    }

    private void read(GuardedStore<Integer, Long> store, int key, Map<Integer, Long> seen) {
        long before = Math.max(done.get(key), seen.getOrDefault(key, 0L));
        try {
            Entry<Long> entry = store.read(key);
            if (entry != null) {
                assertThat(entry.value()).as("key %d", key).isGreaterThanOrEqualTo(before);
                seen.put(key, entry.value());
                hits.incrementAndGet();
            }
        } catch (StoreException e) {
            assertThat(e.getMessage()).isNotNull();
        }
    }

    @SuppressWarnings("unchecked") // the proxy passes on what the store gives
    private Store<Integer, Long> failing() {
        return (Store<Integer, Long>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        if (LOCAL.contains(method.getName()) || random.nextInt(100) >= failures) {
            return invoke(method, arguments);
        }
        boolean changes = method.getName().matches("write|clear");
        switch (random.nextInt(4)) {
            case 0 -> throw new StoreException("down", Applied.NO, null);
            case 1 -> {
                invoke(method, arguments);
                throw new StoreException("no answer", Applied.UNKNOWN, null);
            }
            case 2 -> throw new NullPointerException();
            default -> {
                CompletableFuture<Object> end = new CompletableFuture<>();
                if (changes) {
                    late.add(() -> {
                        try {
                            end.complete(invoke(method, arguments));
                        } catch (Throwable e) {
                            end.completeExceptionally(e);
                        }
                    });
                } else {
                    end.complete(null);
                }
                throw new StoreTimeoutException("late", changes ? Applied.UNKNOWN : Applied.NO, end);
            }
        }
    }

    private Object invoke(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(heap, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
