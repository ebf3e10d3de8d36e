package dev.larder.store.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.store.Change;
import dev.larder.store.Cursor;
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
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(600)
class DeadlineStoreTest {

    private static final Duration DEADLINE = Duration.ofMillis(200);

    private final FakeTime time = new FakeTime();
    private final StoreContext<String, String> context = StoreContext.of("users", String.class, String.class)
            .withTime(time, time)
            .withStoreDeadline(DEADLINE);
    private final Store<String, String> heap = HeapStore.unbounded().open(context);

    /** Calls that have come to the store, and hang there. */
    private final Semaphore hanging = new Semaphore(0);

    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean hangs;
    private final DeadlineStore<String, String> store = new DeadlineStore<>(hangingStore(), context);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        go.countDown();
        threads.shutdownNow();
        store.close();
    }

    @SuppressWarnings("unchecked") // the proxy passes on what the store gives
    private Store<String, String> hangingStore() {
        return (Store<String, String>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (hangs && !method.getName().matches("traits|listen|close")) {
                        hanging.release();
                        assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
                    }
                    try {
                        return method.invoke(heap, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        answered.incrementAndGet();
                    }
                });
    }

    private <R> Future<R> start(Callable<R> call) throws InterruptedException {
        hangs = true;
        Future<R> caller = threads.submit(call);
        assertThat(hanging.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        return caller;
    }

    private static StoreException failureOf(Future<?> caller) throws Exception {
        try {
            caller.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return (StoreException) e.getCause();
        }
        throw new AssertionError("it was answered");
    }

    private static Arguments call(String name, Applied applied, Consumer<Store<String, String>> call) {
        return Arguments.of(name, applied, call);
    }

    static Stream<Arguments> calls() {
        Change<String> put = Change.put("v", Ttl.ETERNAL);
        return Stream.of(
                call("read", Applied.NO, store -> store.read("k")),
                call("readLatest", Applied.NO, store -> store.readLatest("k")),
                call("readAndTouch", Applied.NO, store -> store.readAndTouch("k", Ttl.ETERNAL)),
                call("readAll", Applied.NO, store -> store.readAll(Set.of("k"), Ttl.UNCHANGED)),
                call("scan", Applied.NO, Store::scan),
                call("estimatedSize", Applied.NO, Store::estimatedSize),
                call("write", Applied.UNKNOWN, store -> store.write("k", put)),
                call("writeAll", Applied.UNKNOWN, store -> store.writeAll(Map.of("k", put))),
                call("lease", Applied.UNKNOWN, store -> store.lease("k", null, DEADLINE)),
                call("leaseAll", Applied.UNKNOWN, store -> store.leaseAll(Set.of("k"), DEADLINE)),
                call("clear", Applied.UNKNOWN, Store::clear),
                call("destroy", Applied.UNKNOWN, Store::destroy));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void aCallThatIsLateIsGivenUp(String name, Applied applied, Consumer<Store<String, String>> call) throws Exception {
        Future<?> caller = start(() -> {
            call.accept(store);
            return null;
        });

        time.advance(DEADLINE);

        StoreException failure = failureOf(caller);
        assertThat(failure).isInstanceOf(StoreTimeoutException.class);
        assertThat(failure.applied()).isEqualTo(applied);
        assertThat(failure).hasMessage("the store of cache \"users\" did not answer " + name + " within 200 ms");
    }

    @Test
    void aCallIsWaitedForUntilItsDeadline() throws Exception {
        Future<Entry<String>> caller = start(() -> store.read("k"));
        heap.write("k", Change.put("v", Ttl.ETERNAL));

        time.advance(DEADLINE.minusMillis(1));
        go.countDown();

        assertThat(caller.get(30, TimeUnit.SECONDS).value()).isEqualTo("v");
    }

    @Test
    void aLateCallTellsWhenItHasEnded() throws Exception {
        Future<?> caller = start(() -> store.write("k", Change.put("v", Ttl.ETERNAL)));
        time.advance(DEADLINE);
        var end = ((StoreTimeoutException) failureOf(caller)).end().toCompletableFuture();
        assertThat(end).isNotDone();

        go.countDown();

        assertThat(end).succeedsWithin(Duration.ofSeconds(30));
        assertThat(heap.read("k").value()).isEqualTo("v");
    }

    @Test
    void whatTheStoreThrowsIsThrownAsItIs() {
        StoreException failure = new StoreException("down", Applied.UNKNOWN, null);
        FlakyStore flaky = new FlakyStore();
        flaky.turnTo(() -> failure);

        try (DeadlineStore<String, String> failing = new DeadlineStore<>(flaky.over(heap), context)) {
            assertThatThrownBy(() -> failing.read("k")).isSameAs(failure);
            NoClassDefFoundError error = new NoClassDefFoundError();
            flaky.turnTo(() -> error);
            assertThatThrownBy(() -> failing.read("k")).isSameAs(error);
            flaky.turn(FlakyStore.Mood.WELL);
        }
    }

    @Test
    void callsThatHangTakeSoManyThreadsAndNoMore() throws Exception {
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < TimedCalls.MOST_AT_ONCE; i++) {
            callers.add(start(() -> store.read("k")));
        }
        time.advance(DEADLINE);
        for (Future<?> caller : callers) {
            failureOf(caller);
        }

        assertThatThrownBy(() -> store.write("k", Change.put("v", Ttl.ETERNAL)))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessage("the store of cache \"users\" was not asked to write: 256 calls are under way already")
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.applied()).isEqualTo(Applied.NO));

        hangs = false;
        go.countDown();
        await().untilAsserted(() -> assertThat(answered).hasValue(TimedCalls.MOST_AT_ONCE));
        await().ignoreExceptions().until(() -> store.read("k") == null);
    }

    @Test
    void anInterruptedCallerWaitsAllTheSameAndFindsItsStatus() throws Exception {
        heap.write("k", Change.put("v", Ttl.ETERNAL));
        List<Boolean> status = new ArrayList<>();
        Future<Entry<String>> caller = start(() -> {
            Thread.currentThread().interrupt();
            Entry<String> entry = store.read("k");
            status.add(Thread.interrupted());
            return entry;
        });

        go.countDown();

        assertThat(caller.get(30, TimeUnit.SECONDS).value()).isEqualTo("v");
        assertThat(status).containsExactly(true);
    }

    @Test
    void aStepOfAWalkThatIsLateEndsTheWalk() throws Exception {
        heap.write("k", Change.put("v", Ttl.ETERNAL));
        Semaphore closings = new Semaphore(0);
        Cursor<String, String> slow = new Cursor<>() {
            @Override
            public boolean advance() {
                hanging.release();
                try {
                    return go.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }

            @Override
            public String key() {
                return "k";
            }

            @Override
            public Entry<String> entry() {
                return heap.read("k");
            }

            @Override
            public void close() {
                closings.release();
            }
        };
        Cursor<String, String> cursor = new DeadlineCursor<>(slow, new TimedCalls(context));
        Future<Boolean> walker = start(cursor::advance);
        time.advance(DEADLINE);
        failureOf(walker);

        assertThatThrownBy(cursor::advance).isInstanceOf(StoreTimeoutException.class);
        assertThatThrownBy(cursor::key).isInstanceOf(StoreTimeoutException.class);
        cursor.close();
        assertThat(closings.availablePermits()).isZero();
        go.countDown();

        assertThat(closings.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aHangingCallIsInterruptedWhenTheStoreIsClosed() throws Exception {
        Future<?> caller = start(() -> store.read("k"));
        time.advance(DEADLINE);
        var end = ((StoreTimeoutException) failureOf(caller)).end().toCompletableFuture();

        store.close();

        assertThat(end).failsWithin(Duration.ofSeconds(30));
        assertThatThrownBy(() -> store.read("k")).isInstanceOf(IllegalStateException.class);
    }

    /** The whole of it: a store that hangs costs its callers a deadline each, and then nothing. */
    @Test
    void behindAGuardAHangingStoreIsSoonNotWaitedForAtAll() throws Exception {
        GuardedStore<String, String> guarded = new GuardedStore<>(store, context, OnStoreFailure.DEGRADE);
        for (int i = 0; i < 5; i++) {
            Future<Entry<String>> caller = start(() -> guarded.read("k"));
            time.advance(DEADLINE);
            assertThat(caller.get(30, TimeUnit.SECONDS)).isNull();
        }

        assertThat(guarded.read("k")).isNull();
        assertThat(guarded.status().breakerOpen()).isTrue();
    }
}
