package dev.larder.jcache.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.fixture.Parallel;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(300)
class CappedLoaderTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @RegisterExtension
    final Crew crew = new Crew();

    private final FakeTime time = new FakeTime();
    private final Parallel threads = new Parallel();
    private final Semaphore begun = new Semaphore(0);
    private final CountDownLatch go = new CountDownLatch(1);
    private volatile boolean capped = true;

    @AfterEach
    void close() {
        go.countDown();
        threads.close();
    }

    /** Loads as a function says. */
    private record FunctionLoader(Function<String, String> function) implements CacheLoader<String, String> {

        @Override
        public String load(String key) {
            return function.apply(key);
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            Map<String, String> loaded = new HashMap<>();
            keys.forEach(key -> loaded.put(key, load(key)));
            return loaded;
        }
    }

    private static LoadCap cap(int mostAtOnce, Duration longestWait) {
        return new LoadCap(mostAtOnce, Integer.MAX_VALUE, longestWait, false);
    }

    private CacheLoader<String, String> capped(Duration longestWait) {
        CacheLoader<String, String> slow = new FunctionLoader(key -> {
            begun.release();
            Parallel.await(go);
            return "loaded " + key;
        });
        return new CappedLoader<>("users", slow, cap(2, longestWait), time, () -> capped);
    }

    private void awaitBegun(int loads) throws InterruptedException {
        assertThat(begun.tryAcquire(loads, 30, TimeUnit.SECONDS)).isTrue();
    }

    private List<Future<String>> start(CacheLoader<String, String> loader, int loads) {
        List<Future<String>> loading = new ArrayList<>();
        for (int i = 0; i < loads; i++) {
            String key = "k" + i;
            loading.add(threads.start(() -> loader.load(key)));
        }
        return loading;
    }

    @Test
    void whileTheStoreIsWellAllLoadsRunAtOnce() throws Exception {
        capped = false;

        start(capped(LONG), 5);

        awaitBegun(5);
    }

    @Test
    void whileTheStoreFailsOnlySoManyRunAndTheOthersWaitForTheirTurn() throws Exception {
        List<Future<String>> loading = start(capped(LONG), 5);

        awaitBegun(2);
        assertThat(begun.tryAcquire(100, TimeUnit.MILLISECONDS)).isFalse();
        go.countDown();

        for (Future<String> each : loading) {
            assertThat(Parallel.resultOf(each)).startsWith("loaded");
        }
    }

    @Test
    void whoWaitsInVainHearsWhy() throws Exception {
        CacheLoader<String, String> loader = capped(Duration.ofSeconds(10));
        start(loader, 2);
        awaitBegun(2);
        Task<String> one = crew.start(() -> loader.load("k")).awaitWaiting();
        Task<Map<String, String>> many =
                crew.start(() -> loader.loadAll(Set.of("k", "l"))).awaitWaiting();

        time.advance(Duration.ofSeconds(10).minusMillis(1));
        one.awaitWaiting();
        time.advance(Duration.ofMillis(1));

        assertThat(one.failure())
                .isExactlyInstanceOf(CacheLoaderException.class)
                .hasMessage(
                        "cache \"users\": its store fails, so only 2 loads run at once, and none ended within PT10S;"
                                + " the source is spared this one");
        assertThat(many.failure()).isInstanceOf(CacheLoaderException.class);
    }

    @Test
    void aLoadThatFailsMakesRoomForTheNext() {
        CacheLoader<String, String> loader = new CappedLoader<>(
                "users",
                new FunctionLoader(key -> {
                    throw new IllegalStateException("no source at home");
                }),
                cap(1, LONG),
                time,
                () -> true);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> loader.load("k")).hasMessage("no source at home");
        }
    }

    @Test
    void aLoadWithinALoadNeedsNoTurnOfItsOwn() {
        AtomicReference<CacheLoader<String, String>> self = new AtomicReference<>();
        self.set(new CappedLoader<>(
                "users",
                new FunctionLoader(
                        key -> key.equals("outer") ? "with " + self.get().load("inner") : key),
                cap(1, LONG),
                time,
                () -> true));

        assertThat(self.get().load("outer")).isEqualTo("with inner");
        assertThat(self.get().load("outer")).isEqualTo("with inner");
    }

    @Test
    void whoIsInterruptedWhileItWaitsIsFreed() throws Exception {
        CacheLoader<String, String> loader = capped(LONG);
        start(loader, 2);
        awaitBegun(2);

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> loader.load("k"))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whoIsInterruptedButNeedNotWaitLoads() {
        CacheLoader<String, String> loader =
                CappedLoader.of("users", new FunctionLoader(key -> key), new LoadCap(1, 0, LONG, true), time);

        Thread.currentThread().interrupt();

        assertThat(loader.load("k")).isEqualTo("k");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aLoaderIsKnownByTheNameOfTheUsersClass() {
        CacheLoader<String, String> twice = CappedLoader.of("users", capped(LONG), new LoadCap(1, 0, LONG, true), time);

        assertThat(LoaderErrors.of("users", twice).loaderName()).isEqualTo(FunctionLoader.class.getName());
        assertThat(LoaderErrors.of("users", new FunctionLoader(key -> key)).loaderName())
                .isEqualTo(FunctionLoader.class.getName());
    }
}
