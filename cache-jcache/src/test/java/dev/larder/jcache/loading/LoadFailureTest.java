package dev.larder.jcache.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.MapWriter;
import dev.larder.jcache.concurrency.Stress;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.concurrency.TestLoader;
import dev.larder.jcache.concurrency.Way;
import dev.larder.testkit.FakeTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoaderException;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Loaders that fail: whatever they do, everyone gets an answer, and the next one who asks gets a new load. */
@Timeout(600)
class LoadFailureTest {

    @RegisterExtension
    final TestCaches caches = TestCaches.onSystemTime();

    @RegisterExtension
    final Crew crew = new Crew();

    private final Holdup atSource = new Holdup();

    /** What the source does for key "k"; other keys have values. */
    private final AtomicReference<Function<String, String>> source = new AtomicReference<>(key -> "value of " + key);

    private final TestLoader<String, String> loader =
            new TestLoader<>(key -> key.equals("k") ? source.get().apply(key) : "value of " + key);

    private Cache<String, String> open(Way way) {
        return way.open(
                caches, CacheSettings.builder(String.class, String.class).loader(loader), "any");
    }

    private void failWith(Throwable failure) {
        source.set(key -> {
            atSource.stay();
            throw undeclared(failure);
        });
    }

    @SuppressWarnings("unchecked") // the compiler is to take it for unchecked
    private static <T extends Throwable> RuntimeException undeclared(Throwable failure) throws T {
        throw (T) failure;
    }

    static Stream<Arguments> waysAndFirstCallers() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(Caller.values()).map(first -> Arguments.of(way, first)));
    }

    /** Starts the load by one thread, lets others wait for it in each way, and returns them all, the first first. */
    private List<Task<String>> missTogether(Cache<String, String> cache, Caller firstCaller) {
        Task<String> first = crew.start(() -> firstCaller.call(cache, "k"));
        atSource.awaitReached();
        List<Task<String>> waiting = Stream.of(Caller.GET, Caller.GET_ALL, Caller.LOAD_ALL)
                .map(caller -> crew.start(() -> caller.call(cache, "k")))
                .toList();
        waiting.forEach(Task::awaitWaiting);
        // the future that waits for loadAll says nothing of whether the load has been joined, a second get does
        crew.start(() -> cache.get("k")).awaitWaiting();
        atSource.release();
        return Stream.concat(Stream.of(first), waiting.stream()).toList();
    }

    private void assertThatTheNextGetLoadsAgain(Cache<String, String> cache) {
        source.set(key -> "value of " + key);
        assertThat(crew.start(() -> cache.get("k")).get()).isEqualTo("value of k");
        assertThat(cache.containsKey("k")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("waysAndFirstCallers")
    void exceptionOfALoaderReachesAllWhoWait(Way way, Caller first) {
        Cache<String, String> cache = open(way);
        IllegalStateException failure = new IllegalStateException("source is down");
        failWith(failure);

        List<Task<String>> callers = missTogether(cache, first);

        for (Task<String> caller : callers) {
            assertThat(caller.failure()).hasRootCause(failure);
        }
        assertThat(callers.get(1).failure())
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining(cache.getName())
                .hasMessageContaining(loader.getClass().getName());
        assertThatTheNextGetLoadsAgain(cache);
    }

    @ParameterizedTest
    @MethodSource("waysAndFirstCallers")
    void errorOfALoaderIsThrownToItsCallerAndWrappedForThoseWhoWait(Way way, Caller first) {
        Cache<String, String> cache = open(way);
        Error failure = new StackOverflowError("in the loader");
        failWith(failure);

        List<Task<String>> callers = missTogether(cache, first);

        if (first != Caller.LOAD_ALL) {
            assertThat(callers.get(0).failure()).isSameAs(failure);
        }
        for (Task<String> waiting : callers.subList(1, 3)) {
            assertThat(waiting.failure())
                    .isInstanceOf(CacheLoaderException.class)
                    .hasCause(failure);
        }
        assertThat(callers.get(3).failure()).hasRootCause(failure);
        assertThatTheNextGetLoadsAgain(cache);
    }

    @ParameterizedTest
    @MethodSource("waysAndFirstCallers")
    void waiterWhoTriesAgainAtOnceGetsANewLoad(Way way, Caller first) {
        Cache<String, String> cache = open(way);
        for (int i = 0; i < Stress.rounds(30, 3_000); i++) {
            Holdup holdup = new Holdup();
            AtomicBoolean fails = new AtomicBoolean(true);
            source.set(key -> {
                if (fails.getAndSet(false)) {
                    holdup.stay();
                    throw new IllegalStateException("source is down");
                }
                return "value";
            });
            Task<String> failing = crew.start(() -> first.call(cache, "k"));
            holdup.awaitReached();
            Task<String> waiter = crew.start(() -> {
                assertThatThrownBy(() -> cache.get("k")).isInstanceOf(CacheLoaderException.class);
                return cache.get("k");
            });
            waiter.awaitWaiting();
            holdup.release();

            assertThat(waiter.get()).isEqualTo("value");
            assertThat(failing.failure()).isNotNull();
            assertThat(cache.containsKey("k")).isTrue();
            cache.remove("k");
        }
    }

    @Test
    void errorOfALoaderIsToldToTheCompletionListener() {
        Cache<String, String> cache = open(Way.DIRECT);
        Error failure = new StackOverflowError("in the loader");
        failWith(failure);
        atSource.release();

        Task<String> loadAll = crew.start(() -> Caller.LOAD_ALL.call(cache, "k"));

        assertThat(loadAll.failure()).hasRootCause(failure);
    }

    @ParameterizedTest
    @MethodSource("waysAndFirstCallers")
    void checkedExceptionThatALoaderThrowsUndeclaredReachesAllWhoWait(Way way, Caller first) {
        Cache<String, String> cache = open(way);
        IOException failure = new IOException("connection reset");
        failWith(failure);

        List<Task<String>> callers = missTogether(cache, first);

        for (Task<String> caller : callers) {
            assertThat(caller.failure()).hasRootCause(failure);
        }
        if (first != Caller.INVOKE && first != Caller.LOAD_ALL) {
            assertThat(callers.get(0).failure()).isInstanceOf(CacheLoaderException.class);
        }
        assertThatTheNextGetLoadsAgain(cache);
    }

    @Test
    void exceptionOfALoaderComesOutOfAnInvokeAsOneOfTheProcessor() {
        Cache<String, String> cache = open(Way.DIRECT);
        failWith(new IllegalStateException("source is down"));
        atSource.release();

        assertThatThrownBy(() -> Caller.INVOKE.call(cache, "k"))
                .isInstanceOf(EntryProcessorException.class)
                .hasCauseInstanceOf(CacheLoaderException.class);
    }

    @ParameterizedTest
    @MethodSource("waysAndFirstCallers")
    void nullFromALoaderIsNoValueForAllWhoWait(Way way, Caller first) {
        Cache<String, String> cache = open(way);
        source.set(key -> {
            atSource.stay();
            return null;
        });

        List<Task<String>> callers = missTogether(cache, first);

        // loadAll is followed by a get, which loads again and finds nothing again
        assertThat(callers).extracting(Task::get).containsOnlyNulls();
        assertThat(cache.containsKey("k")).isFalse();
        assertThatTheNextGetLoadsAgain(cache);
    }

    @ParameterizedTest
    @MethodSource("waysAndFirstCallers")
    void loaderThatHangsHoldsUpNobodyElse(Way way, Caller first) throws Exception {
        Cache<String, String> cache = open(way);
        source.set(key -> {
            atSource.stay();
            return "late";
        });
        Task<String> hanging = crew.start(() -> first.call(cache, "k"));
        atSource.awaitReached();

        Task<Void> others = crew.start(() -> {
            for (Caller caller : Caller.values()) {
                assertThat(caller.call(cache, "by " + caller)).isEqualTo("value of by " + caller);
            }
            cache.put("put", "put");
            cache.remove("by GET");
            assertThat(cache.containsKey("k")).isFalse();
            return null;
        });

        others.get();
        assertThat(hanging.isDone()).isFalse();
        atSource.release();
        assertThat(hanging.get()).isEqualTo("late");
    }

    @ParameterizedTest
    @MethodSource("waysAndFirstCallers")
    void interruptedWaiterIsFreedWithItsFlagSet(Way way, Caller first) {
        Cache<String, String> cache = open(way);
        source.set(key -> {
            atSource.stay();
            return "late";
        });
        Task<String> hanging = crew.start(() -> first.call(cache, "k"));
        atSource.awaitReached();
        for (Caller caller : List.of(Caller.GET, Caller.GET_ALL, Caller.INVOKE)) {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Task<Boolean> waiter = crew.start(() -> {
                try {
                    caller.call(cache, "k");
                } catch (CacheException e) {
                    failure.set(e);
                }
                return Thread.currentThread().isInterrupted();
            });
            waiter.awaitWaiting();

            waiter.interrupt();

            assertThat(waiter.get()).isTrue();
            assertThat(failure.get()).hasRootCauseInstanceOf(InterruptedException.class);
        }

        atSource.release();
        assertThat(hanging.get()).isEqualTo("late");
        assertThat(cache.get("k")).isEqualTo("late");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void loaderThatIsInterruptedFailsItsLoadAndNoOther(Way way) {
        Cache<String, String> cache = open(way);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch reached = new CountDownLatch(1);
        source.set(key -> {
            reached.countDown();
            try {
                never.await();
                return "never";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        });
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Task<Boolean> first = crew.start(() -> {
            try {
                cache.get("k");
            } catch (CacheLoaderException e) {
                failure.set(e);
            }
            return Thread.currentThread().isInterrupted();
        });
        Crew.await(reached);
        Task<String> waiter = crew.start(() -> cache.get("k")).awaitWaiting();

        first.interrupt();

        assertThat(first.get()).isTrue();
        assertThat(failure.get()).hasRootCauseInstanceOf(InterruptedException.class);
        assertThat(waiter.failure())
                .isInstanceOf(CacheLoaderException.class)
                .hasRootCauseInstanceOf(InterruptedException.class);
        assertThatTheNextGetLoadsAgain(cache);
    }

    @ParameterizedTest
    @MethodSource("waysAndFirstCallers")
    void closingTheCacheFreesThoseWhoWaitOnceTheLoaderIsDone(Way way, Caller first) {
        Cache<String, String> cache = open(way);
        source.set(key -> {
            atSource.stay();
            return "late";
        });
        Task<String> hanging = crew.start(() -> first.call(cache, "k"));
        atSource.awaitReached();
        Task<String> waiter = crew.start(() -> cache.get("k")).awaitWaiting();

        crew.run(cache::close).get();
        atSource.release();

        assertThat(waiter.get()).isEqualTo("late");
        hanging.failure();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void loadAllStoresWhatTheLoaderReturnedAndNothingForTheRest(Way way) throws Exception {
        BulkLoader bulk = new BulkLoader(Map.of("a", "A", "unasked", "U"));
        Cache<String, String> cache = way.open(
                caches, CacheSettings.builder(String.class, String.class).loader(bulk), "any");

        Caller.loadAll(cache, Set.of("a", "b", "c"), false);
        Map<String, String> got = cache.getAll(Set.of("a", "d"));

        assertThat(got).containsExactly(Map.entry("a", "A"));
        assertThat(cache).extracting(Cache.Entry::getKey).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void nullValueInALoadersMapIsNoValue(Way way) throws Exception {
        Map<String, String> answer = new java.util.HashMap<>();
        answer.put("a", "A");
        answer.put("b", null);
        Cache<String, String> cache = way.open(
                caches, CacheSettings.builder(String.class, String.class).loader(new BulkLoader(answer)), "any");

        Caller.loadAll(cache, Set.of("a", "b"), false);
        Map<String, String> got = cache.getAll(Set.of("a", "b"));

        assertThat(got).containsExactly(Map.entry("a", "A"));
        assertThat(cache.containsKey("b")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void nullInsteadOfALoadersMapIsAnErrorThatSaysSo(Way way) {
        Cache<String, String> cache = way.open(
                caches, CacheSettings.builder(String.class, String.class).loader(new BulkLoader(null)), "any");

        Task<Void> loadAll = crew.start(() -> {
            Caller.loadAll(cache, Set.of("a", "b"), false);
            return null;
        });

        assertThatThrownBy(() -> cache.getAll(Set.of("a", "b")))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("returned null from loadAll")
                .hasMessageContaining(cache.getName());
        assertThat(loadAll.failure()).hasStackTraceContaining("returned null from loadAll");
        assertThat(cache.get("a")).isEqualTo("single a");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void loaderThatFailsForOneOfManyLeavesTheOthersLoadable(Way way) throws Exception {
        Cache<String, String> cache = open(way);
        source.set(key -> {
            throw new IllegalStateException("source is down");
        });

        assertThatThrownBy(() -> cache.getAll(Set.of("a", "k", "b"))).isInstanceOf(CacheLoaderException.class);
        Task<Void> loadAll = crew.start(() -> {
            Caller.loadAll(cache, Set.of("a", "k", "b"), false);
            return null;
        });

        assertThat(loadAll.failure()).hasStackTraceContaining("source is down");
        assertThat(cache.get("a")).isEqualTo("value of a");
        assertThat(cache.containsKey("a")).isTrue();
        assertThatTheNextGetLoadsAgain(cache);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void reloadThatFailsOrFindsNothingLeavesTheValuesThereAre(Way way) throws Exception {
        Cache<String, String> cache = open(way);
        cache.put("k", "first");
        cache.put("a", "first");

        source.set(key -> null);
        Caller.loadAll(cache, Set.of("k"), true);
        source.set(key -> {
            throw new IllegalStateException("source is down");
        });
        Task<Void> failing = crew.start(() -> {
            Caller.loadAll(cache, Set.of("k", "a"), true);
            return null;
        });

        assertThat(failing.failure()).hasStackTraceContaining("source is down");
        assertThat(cache.get("k")).isEqualTo("first");
        source.set(key -> "second");
        Caller.loadAll(cache, Set.of("k"), true);
        assertThat(cache.get("k")).isEqualTo("second");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void getAllWhoseKeyAnotherThreadFailsToLoadStoresItsOwnKeysAllTheSame(Way way) {
        Cache<String, String> cache = open(way);
        failWith(new IllegalStateException("source is down"));
        Task<String> other = crew.start(() -> cache.get("k"));
        atSource.awaitReached();

        Task<Map<String, String>> getAll =
                crew.start(() -> cache.getAll(Set.of("a", "k"))).awaitWaiting();
        atSource.release();

        assertThat(getAll.failure()).isInstanceOf(CacheLoaderException.class);
        assertThat(other.failure()).isInstanceOf(CacheLoaderException.class);
        assertThat(cache.containsKey("a")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void processorThatRemovesWhatItLoadedLeavesTheKeyLoadable(Way way) {
        Cache<String, String> cache = open(way);

        cache.invoke("k", (entry, arguments) -> {
            entry.getValue();
            entry.remove();
            return null;
        });

        assertThat(cache.containsKey("k")).isFalse();
        assertThatTheNextGetLoadsAgain(cache);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void processorThatFailsAfterItLoadedLeavesTheKeyLoadable(Way way) {
        Cache<String, String> cache = open(way);
        for (Throwable failure : List.of(new IllegalStateException("boom"), new AssertionError("boom"))) {
            Task<Object> processor = crew.start(() -> cache.invoke("k", (entry, arguments) -> {
                entry.getValue();
                throw undeclared(failure);
            }));

            assertThat(processor.failure()).hasStackTraceContaining("boom");
            assertThat(cache.containsKey("k")).isFalse();
        }
        assertThatTheNextGetLoadsAgain(cache);
    }

    @Test
    void writerThatFailsAfterAProcessorLoadedLeavesTheKeyLoadable() {
        MapWriter<String, String> failing = new MapWriter<>(key -> {
            throw new IllegalStateException("database is read-only");
        });
        Cache<String, String> cache = caches.create(
                CacheSettings.builder(String.class, String.class).loader(loader).writer(failing));

        Task<Object> processor = crew.start(() -> cache.invoke("k", (entry, arguments) -> {
            entry.setValue(entry.getValue() + " changed");
            return null;
        }));

        assertThat(processor.failure()).hasStackTraceContaining("database is read-only");
        assertThat(cache.containsKey("k")).isFalse();
        assertThatTheNextGetLoadsAgain(cache);
    }

    @Test
    void entryThatAProcessorKeepsLoadsNothingAfterwards() {
        Cache<String, String> cache = open(Way.DIRECT);
        AtomicReference<javax.cache.processor.MutableEntry<String, String>> kept = new AtomicReference<>();
        cache.invoke("k", (entry, arguments) -> {
            kept.set(entry);
            return null;
        });

        String late = kept.get().getValue();

        assertThat(late).isNull();
        assertThat(loader.loads("k")).isZero();
        assertThatTheNextGetLoadsAgain(cache);
    }

    @Test
    void valueThatTookLongerToLoadThanALoadMayTakeIsReturnedAndNotStored() {
        FakeTime time = new FakeTime();
        TestCaches slow = TestCaches.on(time);
        source.set(key -> {
            time.advance(Duration.ofMinutes(11));
            return "late";
        });
        Cache<String, String> cache = Way.DIRECT.open(
                slow, CacheSettings.builder(String.class, String.class).loader(loader), "any");

        assertThat(cache.get("k")).isEqualTo("late");

        assertThat(cache.containsKey("k")).isFalse();
        assertThatTheNextGetLoadsAgain(cache);
    }

    /** Answers a bulk load with a map of its own. */
    private record BulkLoader(Map<String, String> answer)
            implements javax.cache.integration.CacheLoader<String, String> {

        @Override
        public String load(String key) {
            return "single " + key;
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            return answer;
        }
    }
}
