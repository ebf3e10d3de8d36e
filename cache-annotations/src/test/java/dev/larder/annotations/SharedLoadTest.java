package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SharedLoadTest {

    private static final int CALLERS = 500;

    private final AtomicInteger calls = new AtomicInteger();
    private final ExecutorService pool = Executors.newCachedThreadPool();

    /** What is called. */
    interface Source {

        @CacheResult(cacheName = "shared")
        String find(String key);

        @CacheResult(cacheName = "shared")
        CompletableFuture<String> findLater(String key);
    }

    private record Given(Function<String, String> function, Function<String, CompletableFuture<String>> later)
            implements Source {

        @Override
        public String find(String key) {
            return function.apply(key);
        }

        @Override
        public CompletableFuture<String> findLater(String key) {
            return later.apply(key);
        }
    }

    private static Source over(CacheManager manager, Function<String, String> function) {
        return CachedProxy.of(
                Source.class,
                new Given(function, key -> new CompletableFuture<>()),
                CacheAnnotations.builder().cacheManager(manager).build());
    }

    @AfterEach
    void stopPool() {
        pool.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {Managers.LARDER, Managers.CAFFEINE})
    void fiveHundredCallersOfOneMissingKeyShareOneCall(String provider) throws Exception {
        try (CacheManager manager = Managers.of(provider)) {
            Source source = over(manager, key -> key + calls.incrementAndGet());
            CyclicBarrier start = new CyclicBarrier(CALLERS);
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                answers.add(pool.submit(() -> {
                    start.await();
                    return source.find("key");
                }));
            }

            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("key1");
            }
            assertThat(calls).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Managers.LARDER, Managers.CAFFEINE})
    @SuppressWarnings("FutureReturnValueIgnored") // each stage is in the answer
    void fiveHundredCallersOfOneMissingKeyShareOneStage(String provider) throws Exception {
        try (CacheManager manager = Managers.of(provider)) {
            CompletableFuture<String> stage = new CompletableFuture<>();
            Source source = CachedProxy.of(
                    Source.class,
                    new Given(key -> key, key -> {
                        calls.incrementAndGet();
                        return stage;
                    }),
                    CacheAnnotations.builder().cacheManager(manager).build());
            CyclicBarrier start = new CyclicBarrier(CALLERS);
            List<Future<CompletableFuture<String>>> answers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                answers.add(pool.submit(() -> {
                    start.await();
                    return source.findLater("key");
                }));
            }

            for (Future<CompletableFuture<String>> answer : answers) {
                assertThat(answer.get()).isNotDone();
            }
            stage.complete("found");
            for (Future<CompletableFuture<String>> answer : answers) {
                assertThat(answer.get().get(30, TimeUnit.SECONDS)).isEqualTo("found");
            }
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void callersWhoWaitGetWhatTheFirstGotThrown() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (CacheManager manager = Managers.of(Managers.LARDER)) {
            Source source = over(manager, key -> {
                calls.incrementAndGet();
                await(end);
                throw new IllegalStateException("no");
            });
            Future<String> first = pool.submit(() -> source.find("key"));
            awaitCalls(1);
            Thread waiting = new Thread(
                    () -> assertThatThrownBy(() -> source.find("key")).hasMessage("no"));
            waiting.start();
            awaitState(waiting, Thread.State.WAITING);

            end.countDown();

            waiting.join();
            assertThatThrownBy(first::get).hasRootCauseMessage("no");
            assertThat(calls).hasValue(1);
        }
    }

    /** Futures and stages take a CompletionException for a wrapping of their own. */
    @Test
    void callersWhoWaitGetTheSameExceptionAsTheFirst() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CompletionException thrown = new CompletionException(new IOException("no"));
        try (CacheManager manager = Managers.of(Managers.LARDER)) {
            Source source = over(manager, key -> {
                calls.incrementAndGet();
                await(end);
                throw thrown;
            });
            Future<Throwable> first = pool.submit(() -> catchThrowable(() -> source.find("key")));
            awaitCalls(1);
            CompletableFuture<Throwable> other = new CompletableFuture<>();
            Thread waiting = new Thread(() -> other.complete(catchThrowable(() -> source.find("key"))));
            waiting.start();
            awaitState(waiting, Thread.State.WAITING);

            end.countDown();

            assertThat(other.get()).isSameAs(first.get()).isSameAs(thrown);
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void callerThatIsInterruptedCallsByItself() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (CacheManager manager = Managers.of(Managers.LARDER)) {
            Source source = over(manager, key -> {
                if (calls.incrementAndGet() == 1) {
                    await(end);
                }
                return "found";
            });
            Future<String> first = pool.submit(() -> source.find("key"));
            awaitCalls(1);
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread waiting = new Thread(() -> {
                source.find("key");
                interrupted.complete(Thread.interrupted());
            });
            waiting.start();
            awaitState(waiting, Thread.State.WAITING);

            waiting.interrupt();

            assertThat(interrupted.get()).isTrue();
            end.countDown();
            assertThat(first.get()).isEqualTo("found");
        }
    }

    /** One needs the other and that one the first: whoever closes the circle calls by himself, and that call ends. */
    @Test
    void callersDoNotWaitInACircle() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicInteger depth = new AtomicInteger();
        Source[] self = new Source[1];
        try (CacheManager manager = Managers.of(Managers.LARDER)) {
            Source source = over(manager, key -> {
                if (depth.incrementAndGet() <= 2) {
                    await(both);
                    return self[0].find(key.equals("a") ? "b" : "a");
                }
                return "end";
            });
            self[0] = source;

            Future<String> a = pool.submit(() -> source.find("a"));
            Future<String> b = pool.submit(() -> source.find("b"));

            assertThat(a.get()).isEqualTo("end");
            assertThat(b.get()).isEqualTo("end");
        }
    }

    @Test
    void callThatNeedsItselfCallsAgain() {
        Source[] self = new Source[1];
        try (CacheManager manager = Managers.of(Managers.LARDER)) {
            Source source = over(manager, key -> calls.incrementAndGet() == 1 ? self[0].find(key) + "!" : "end");
            self[0] = source;

            assertThat(source.find("key")).isEqualTo("end!");
        }
    }

    @Test
    void callersShareAStageAndNoneCanCancelIt() {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        try (CacheManager manager = Managers.of(Managers.LARDER)) {
            Source source = CachedProxy.of(
                    Source.class,
                    new Given(key -> key, key -> {
                        calls.incrementAndGet();
                        return outcome;
                    }),
                    CacheAnnotations.builder().cacheManager(manager).build());
            CompletableFuture<String> first = source.findLater("key");
            CompletableFuture<String> second = source.findLater("key");

            assertThat(second.cancel(false)).isTrue();
            outcome.complete("found");

            assertThat(first).isCompletedWithValue("found");
            assertThat(source.findLater("key")).isCompletedWithValue("found");
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void callersDoNotWaitIfTheyShallNot() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        try (CacheManager manager = Managers.of(Managers.LARDER)) {
            Source source = CachedProxy.of(
                    Source.class,
                    new Given(
                            key -> {
                                await(both);
                                return key;
                            },
                            key -> new CompletableFuture<>()),
                    CacheAnnotations.builder()
                            .cacheManager(manager)
                            .singleFlight(false)
                            .build());

            Future<String> first = pool.submit(() -> source.find("key"));

            assertThat(source.find("key")).isEqualTo("key");
            assertThat(first.get()).isEqualTo("key");
        }
    }

    private void awaitCalls(int number) {
        while (calls.get() < number) {
            Thread.onSpinWait();
        }
    }

    private static void awaitState(Thread thread, Thread.State state) {
        while (thread.getState() != state) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
