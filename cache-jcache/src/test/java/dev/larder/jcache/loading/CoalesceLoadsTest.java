package dev.larder.jcache.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(300)
class CoalesceLoadsTest {

    private static final Duration WINDOW = Duration.ofMillis(2);

    private final FakeTime time = new FakeTime();

    @RegisterExtension
    final TestCaches caches = TestCaches.on(time);

    @RegisterExtension
    final Crew crew = new Crew();

    /** Keeps apart what is asked of it: singly "k", together "[k, l]". */
    private static final class RecordingLoader implements CacheLoader<String, String> {

        private final List<String> calls = new CopyOnWriteArrayList<>();
        private final UnaryOperator<String> source;

        RecordingLoader(UnaryOperator<String> source) {
            this.source = source;
        }

        @Override
        public String load(String key) {
            calls.add(key);
            return source.apply(key);
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            Set<String> sorted = new TreeSet<>();
            keys.forEach(sorted::add);
            calls.add(sorted.toString());
            Map<String, String> loaded = new HashMap<>();
            for (String key : sorted) {
                String value = source.apply(key);
                if (value != null) {
                    loaded.put(key, value);
                }
            }
            return loaded;
        }
    }

    private static CacheSettings.Builder<String, String> coalescing(CacheLoader<String, String> loader) {
        return CacheSettings.builder(String.class, String.class).loader(loader).coalesceLoads(WINDOW);
    }

    private Cache<String, String> open(CacheLoader<String, String> loader) {
        return caches.create(coalescing(loader));
    }

    /** Starts reads, one after the other, and returns when all of them wait. */
    private List<Task<String>> read(Cache<String, String> cache, String... keys) {
        List<Task<String>> readers = new ArrayList<>();
        for (String key : keys) {
            readers.add(crew.start(() -> cache.get(key)).awaitWaiting());
        }
        return readers;
    }

    private void endWindow() {
        time.advance(WINDOW);
    }

    @Test
    void loadsOfTheWindowAreOneLoadAll() {
        RecordingLoader loader = new RecordingLoader(key -> "value of " + key);
        Cache<String, String> cache = open(loader);

        List<Task<String>> readers = read(cache, "a", "b", "c");
        time.advance(WINDOW.minusMillis(1));
        assertThat(loader.calls).isEmpty();
        time.advance(Duration.ofMillis(1));

        assertThat(readers).extracting(Task::get).containsExactly("value of a", "value of b", "value of c");
        assertThat(loader.calls).containsExactly("[a, b, c]");
        assertThat(cache.containsKey("a")).isTrue();
        assertThat(cache.containsKey("c")).isTrue();
    }

    @Test
    void loadThatStaysAloneIsASingleOne() {
        RecordingLoader loader = new RecordingLoader(key -> "value of " + key);
        List<Task<String>> readers = read(open(loader), "a");

        endWindow();

        assertThat(readers.get(0).get()).isEqualTo("value of a");
        assertThat(loader.calls).containsExactly("a");
    }

    @Test
    void loadAfterTheWindowBelongsToTheNext() {
        RecordingLoader loader = new RecordingLoader(key -> "value of " + key);
        Cache<String, String> cache = open(loader);
        List<Task<String>> first = read(cache, "a", "b");
        endWindow();
        first.forEach(Task::get);
        List<Task<String>> second = read(cache, "c", "d");
        endWindow();
        second.forEach(Task::get);

        assertThat(loader.calls).containsExactly("[a, b]", "[c, d]");
    }

    @Test
    void fullBatchWaitsNoLonger() {
        RecordingLoader loader = new RecordingLoader(key -> "value of " + key);
        Cache<String, String> cache = caches.create(coalescing(loader).maxCoalescedLoads(3));

        List<Task<String>> readers = read(cache, "a", "b");
        assertThat(crew.start(() -> cache.get("c")).get()).isEqualTo("value of c");

        readers.forEach(Task::get);
        assertThat(loader.calls).containsExactly("[a, b, c]");
    }

    @Test
    void windowOfAFullBatchDoesNotEndTheNext() {
        RecordingLoader loader = new RecordingLoader(key -> "value of " + key);
        Cache<String, String> cache = caches.create(coalescing(loader).maxCoalescedLoads(2));
        List<Task<String>> first = read(cache, "a");
        crew.start(() -> cache.get("b")).get();
        first.forEach(Task::get);
        time.advance(Duration.ofMillis(1));

        List<Task<String>> second = read(cache, "c");
        time.advance(Duration.ofMillis(1));
        second.get(0).awaitWaiting();
        time.advance(Duration.ofMillis(1));

        assertThat(second.get(0).get()).isEqualTo("value of c");
    }

    @Test
    void withoutTheSettingLoadsAreSingleAndWaitForNothing() {
        RecordingLoader loader = new RecordingLoader(key -> "value of " + key);
        Cache<String, String> cache =
                caches.create(CacheSettings.builder(String.class, String.class).loader(loader));

        assertThat(cache.get("a")).isEqualTo("value of a");

        assertThat(loader.calls).containsExactly("a");
        assertThat(time.pendingTasks()).isZero();
    }

    @Test
    void loadOfManyKeysIsNotGathered() {
        RecordingLoader loader = new RecordingLoader(key -> "value of " + key);

        assertThat(open(loader).getAll(Set.of("a", "b"))).hasSize(2);
        assertThat(loader.calls).containsExactly("[a, b]");
    }

    @Test
    void keyWithoutValueIsAMissForItsReaderAlone() {
        RecordingLoader loader = new RecordingLoader(key -> key.equals("a") ? null : key);
        List<Task<String>> readers = read(open(loader), "a", "b");

        endWindow();

        assertThat(readers).extracting(Task::get).containsExactly(null, "b");
    }

    @Test
    void failureReachesEachOfTheBatchAndTheNextBatchIsLoaded() {
        IllegalStateException failure = new IllegalStateException("no source at home");
        List<Boolean> fails = new CopyOnWriteArrayList<>(List.of(true));
        RecordingLoader loader = new RecordingLoader(key -> {
            if (fails.get(0)) {
                throw failure;
            }
            return key;
        });
        Cache<String, String> cache = open(loader);
        List<Task<String>> readers = read(cache, "a", "b", "c");

        endWindow();

        assertThat(readers)
                .extracting(Task::failure)
                .allSatisfy(each -> assertThat(each)
                        .isInstanceOf(CacheLoaderException.class)
                        .hasMessageContaining(RecordingLoader.class.getName())
                        .hasCause(failure));
        fails.set(0, false);
        List<Task<String>> again = read(cache, "a");
        endWindow();
        assertThat(again.get(0).get()).isEqualTo("a");
    }

    @Test
    void errorReachesWhoLoadsAsItIsAndTheOthersWrapped() {
        RecordingLoader loader = new RecordingLoader(key -> {
            throw new AssertionError("broken");
        });
        List<Task<String>> readers = read(open(loader), "a", "b");

        endWindow();

        List<Throwable> failures = readers.stream().map(Task::failure).toList();
        assertThat(failures).filteredOn(AssertionError.class::isInstance).hasSize(1);
        assertThat(failures).filteredOn(CacheLoaderException.class::isInstance).hasSize(1);
    }

    @Test
    void loaderThatReturnsNullFromLoadAllIsNamed() {
        CacheLoader<String, String> loader = new CacheLoader<>() {
            @Override
            public String load(String key) {
                return key;
            }

            @Override
            @SuppressWarnings("NullAway") // what must not be
            public Map<String, String> loadAll(Iterable<? extends String> keys) {
                return null;
            }
        };
        List<Task<String>> readers = read(open(loader), "a", "b");

        endWindow();

        assertThat(readers)
                .extracting(Task::failure)
                .allSatisfy(each -> assertThat(each)
                        .isInstanceOf(CacheLoaderException.class)
                        .hasMessageContaining("returned null from loadAll"));
    }

    @Test
    void whoIsInterruptedInTheWindowLeavesAndTheOthersAreServed() {
        RecordingLoader loader = new RecordingLoader(key -> "value of " + key);
        List<Task<String>> readers = read(open(loader), "a", "b");

        readers.get(0).interrupt();

        assertThat(readers.get(0).failure())
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("interrupted");
        endWindow();
        assertThat(readers.get(1).get()).isEqualTo("value of b");
    }

    @Test
    void whoIsInterruptedWhileAnotherLoadsIsFreed() {
        Holdup atSource = new Holdup();
        RecordingLoader loader = new RecordingLoader(key -> {
            atSource.stay();
            return "value of " + key;
        });
        Thread[] loading = new Thread[1];
        CacheLoader<String, String> noting = new RecordingLoader(key -> {
            loading[0] = Thread.currentThread();
            return loader.load(key);
        });
        Cache<String, String> cache = open(noting);
        Map<String, Thread> threads = new HashMap<>();
        Map<String, Task<String>> readers = new HashMap<>();
        for (String key : List.of("a", "b")) {
            Task<String> reader = crew.start(() -> {
                threads.put(key, Thread.currentThread());
                return cache.get(key);
            });
            readers.put(key, reader.awaitWaiting());
        }
        endWindow();
        atSource.awaitReached();
        String waits = threads.get("a") == loading[0] ? "b" : "a";

        readers.get(waits).awaitWaiting().interrupt();

        assertThat(readers.get(waits).failure()).hasMessageContaining("interrupted");
        atSource.release();
        assertThat(readers.get(waits.equals("a") ? "b" : "a").get()).startsWith("value of");
    }

    @Test
    void loaderMayAskForAKeyThatIsInNoBatch() {
        List<Cache<String, String>> self = new ArrayList<>();
        RecordingLoader loader = new RecordingLoader(
                key -> key.startsWith("child") ? key + " of " + self.get(0).get("parent") : key);
        self.add(open(loader));
        List<Task<String>> readers = read(self.get(0), "child 1", "child 2");

        endWindow();

        assertThat(readers).extracting(Task::get).containsExactly("child 1 of parent", "child 2 of parent");
        assertThat(loader.calls).containsExactly("[child 1, child 2]", "parent");
    }

    /**
     * Loaded one by one, the child would wait for the parent; in one batch, it would wait for itself. Who loads the batch and who
     * waits for it may both notice at the same moment, and both load the parent besides.
     */
    @RepeatedTest(20)
    void loaderMayAskForAKeyOfTheSameBatch() {
        List<Cache<String, String>> self = new ArrayList<>();
        RecordingLoader loader = new RecordingLoader(
                key -> key.equals("child") ? "child of " + self.get(0).get("parent") : key);
        self.add(open(loader));
        List<Task<String>> readers = read(self.get(0), "child", "parent");

        endWindow();

        assertThat(readers).extracting(Task::get).containsExactly("child of parent", "parent");
        assertThat(loader.calls).hasSizeLessThanOrEqualTo(3).startsWith("[child, parent]", "parent");
        assertThat(loader.calls).containsOnly("[child, parent]", "parent").containsOnlyOnce("[child, parent]");
    }

    @Test
    void keyThatNeedsItselfIsRefused() {
        List<Cache<String, String>> self = new ArrayList<>();
        RecordingLoader loader = new RecordingLoader(key -> self.get(0).get(key));
        self.add(open(loader));
        List<Task<String>> readers = read(self.get(0), "a", "b");

        endWindow();

        assertThat(readers)
                .extracting(Task::failure)
                .allSatisfy(each -> assertThat(each)
                        .isInstanceOf(CacheLoaderException.class)
                        .hasMessageContaining("a load must not need itself"));
    }

    /**
     * The batch of the inner cache is loaded for one who needs the outer one, which waits for that batch for another key. Which of
     * the two notices, and loads besides, is up to the machine.
     */
    @RepeatedTest(50)
    void batchThatWaitsForOneOfItsOwnLoadsWhatThatOneWaitsForBesides() {
        List<Cache<String, String>> outer = new ArrayList<>();
        RecordingLoader innerLoader = new RecordingLoader(
                key -> key.equals("needs outer") ? "with " + outer.get(0).get("o") : key);
        Cache<String, String> inner = open(innerLoader);
        RecordingLoader outerLoader = new RecordingLoader(key -> "o with " + inner.get("plain"));
        outer.add(
                caches.create(CacheSettings.builder(String.class, String.class).loader(outerLoader)));
        Task<String> ofOuter = crew.start(() -> outer.get(0).get("o")).awaitWaiting();
        Task<String> ofInner = read(inner, "needs outer").get(0);

        endWindow();

        assertThat(ofOuter.get()).isEqualTo("o with plain");
        assertThat(ofInner.get()).isEqualTo("with o with plain");
    }

    @Test
    void loaderMayWriteToItsCacheWhileItLoadsABatch() {
        List<Cache<String, String>> self = new ArrayList<>();
        RecordingLoader loader = new RecordingLoader(key -> {
            self.get(0).put("also " + key, "put");
            self.get(0).put("b", "put");
            return "value of " + key;
        });
        self.add(open(loader));
        List<Task<String>> readers = read(self.get(0), "a", "b");

        endWindow();

        assertThat(readers).extracting(Task::get).containsExactly("value of a", "value of b");
        assertThat(self.get(0).get("also a")).isEqualTo("put");
        assertThat(self.get(0).get("a")).isEqualTo("value of a");
        assertThat(self.get(0).get("b")).isEqualTo("put");
    }

    /** It has its key locked, which a loader of a batch may want to write. */
    @Test
    void loadForAProcessorWaitsForNobody() {
        List<Cache<String, String>> self = new ArrayList<>();
        RecordingLoader loader = new RecordingLoader(key -> {
            if (key.equals("a")) {
                self.get(0).put("b", "put");
            }
            return "value of " + key;
        });
        Cache<String, String> cache = open(loader);
        self.add(cache);
        Task<String> reader = read(cache, "a").get(0);

        assertThat(crew.start(() -> Caller.INVOKE.call(cache, "b")).get()).isEqualTo("value of b");
        assertThat(loader.calls).containsExactly("b");
        endWindow();

        assertThat(reader.get()).isEqualTo("value of a");
        assertThat(cache.get("b")).isEqualTo("put");
    }

    /** Nobody can go on before the other: the processor has the key, and waits for a load that was in the batch before it came. */
    @RepeatedTest(20)
    void loaderThatWritesAKeyWhoseProcessorWaitsForTheBatchLeavesNobodyWaitingForEver() {
        List<Cache<String, String>> self = new ArrayList<>();
        RecordingLoader loader = new RecordingLoader(key -> {
            if (key.equals("a")) {
                self.get(0).put("b", "put");
            }
            return "value of " + key;
        });
        Cache<String, String> cache = open(loader);
        self.add(cache);
        List<Task<String>> waiting = new ArrayList<>(read(cache, "a", "b"));
        waiting.add(crew.start(() -> Caller.INVOKE.call(cache, "b")).awaitWaiting());

        endWindow();

        assertThat(waiting)
                .extracting(Task::failure)
                .allSatisfy(failure -> assertThat(failure)
                        .satisfiesAnyOf(
                                none -> assertThat(none).isNull(),
                                refused -> assertThat(refused)
                                        .isInstanceOf(CacheException.class)
                                        .hasStackTraceContaining("deadlock avoided")));
        crew.run(() -> cache.put("b", "put again")).get();
        assertThat(cache.get("b")).isEqualTo("put again");
    }

    private static Arguments change(String name, Consumer<Cache<String, String>> change) {
        return Arguments.of(name, change);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("put", cache -> cache.put("a", "put")),
                change("remove", cache -> cache.remove("a")),
                change("clear", Cache::clear));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void changeInTheWindowWaitsForNobodyAndOvertakesTheLoad(String name, Consumer<Cache<String, String>> change) {
        Cache<String, String> cache = open(new RecordingLoader(key -> "value of " + key));
        List<Task<String>> readers = read(cache, "a", "b");

        change.accept(cache);
        endWindow();

        assertThat(readers).extracting(Task::get).containsExactly("value of a", "value of b");
        assertThatChangeStands(cache, name);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void changeDuringTheLoadWaitsForNobodyAndOvertakesIt(String name, Consumer<Cache<String, String>> change) {
        Holdup atSource = new Holdup();
        Cache<String, String> cache = open(new RecordingLoader(key -> {
            atSource.stay();
            return "value of " + key;
        }));
        List<Task<String>> readers = read(cache, "a", "b");
        endWindow();
        atSource.awaitReached();

        change.accept(cache);
        atSource.release();

        assertThat(readers).extracting(Task::get).containsExactly("value of a", "value of b");
        assertThatChangeStands(cache, name);
    }

    private static void assertThatChangeStands(Cache<String, String> cache, String change) {
        if (change.equals("put")) {
            assertThat(cache.get("a")).isEqualTo("put");
        } else {
            assertThat(cache.containsKey("a")).isFalse();
        }
        assertThat(cache.containsKey("b")).isEqualTo(!change.equals("clear"));
    }

    /** Both are in the window, so the one load that serves both began after the change. */
    @Test
    void readerAfterAChangeInTheWindowSharesTheLoadAndStoresIt() {
        RecordingLoader loader = new RecordingLoader(key -> "value of " + key);
        Cache<String, String> cache = open(loader);
        List<Task<String>> before = read(cache, "a", "b");
        cache.remove("a");
        List<Task<String>> after = read(cache, "a");

        endWindow();

        assertThat(before).extracting(Task::get).containsExactly("value of a", "value of b");
        assertThat(after.get(0).get()).isEqualTo("value of a");
        assertThat(loader.calls).containsExactly("[a, b]");
        assertThat(cache.containsKey("a")).isTrue();
    }

    @Test
    void batchIsOneLoadToTheCapOnLoads() {
        RecordingLoader loader = new RecordingLoader(key -> "value of " + key);
        Cache<String, String> cache =
                caches.create(coalescing(loader).maxLoads(1).maxWaitingLoads(0));
        List<Task<String>> readers = read(cache, "a", "b", "c");

        endWindow();

        assertThat(readers).extracting(Task::get).doesNotContainNull();
    }

    @Test
    void wrongSettingsAreRefusedAndRightOnesKept() {
        CacheSettings.Builder<String, String> settings = coalescing(new RecordingLoader(key -> key));

        assertThatThrownBy(() -> settings.maxCoalescedLoads(1)).hasMessage("maxCoalescedLoads must be 2 or more: 1");
        assertThatThrownBy(() -> settings.coalesceLoads(Duration.ZERO))
                .hasMessage("coalesceLoads must be a millisecond or more: PT0S");
        CacheSettings<String, String> copy =
                settings.maxCoalescedLoads(7).build().toBuilder().build();
        assertThat(copy.getCoalesceLoads()).isEqualTo(WINDOW);
        assertThat(copy.getMaxCoalescedLoads()).isEqualTo(7);
    }
}
