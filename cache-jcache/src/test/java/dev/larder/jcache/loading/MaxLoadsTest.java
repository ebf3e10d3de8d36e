package dev.larder.jcache.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.concurrency.TestLoader;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(300)
class MaxLoadsTest {

    private final FakeTime time = new FakeTime();

    @RegisterExtension
    final TestCaches caches = TestCaches.on(time);

    @RegisterExtension
    final Crew crew = new Crew();

    /** Where the loads of keys that begin with "slow" are. */
    private final Holdup atSource = new Holdup();

    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    private final TestLoader<String, String> loader = new TestLoader<>(key -> {
        mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            if (key.startsWith("slow")) {
                atSource.stay();
            }
            return "value of " + key;
        } finally {
            running.decrementAndGet();
        }
    });

    private static CacheSettings.Builder<String, String> strings() {
        return CacheSettings.builder(String.class, String.class);
    }

    private Cache<String, String> open(int maxLoads, int maxWaitingLoads) {
        return caches.create(strings().loader(loader).maxLoads(maxLoads).maxWaitingLoads(maxWaitingLoads));
    }

    /** Starts reading other keys than "k" until all turns are taken. */
    private void takeAllTurns(Cache<String, String> cache, int maxLoads) {
        for (int i = 0; i < maxLoads; i++) {
            String key = "slow " + i;
            crew.start(() -> cache.get(key));
        }
        atSource.awaitReached();
        await().until(() -> running.get() == maxLoads);
    }

    @Test
    void onlySoManyLoadsRunAtOnceAndTheOthersWait() {
        Cache<String, String> cache = open(2, 100);
        List<Task<String>> readers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String key = "slow " + i;
            readers.add(crew.start(() -> cache.get(key)));
        }
        readers.forEach(Task::awaitWaiting);

        atSource.release();

        readers.forEach(reader -> assertThat(reader.get()).startsWith("value of slow"));
        assertThat(mostAtOnce).hasValue(2);
    }

    @Test
    void withoutTheSettingThereIsNoBound() {
        Cache<String, String> cache = caches.create(strings().loader(loader));

        takeAllTurns(cache, 30);
        atSource.release();

        assertThat(mostAtOnce).hasValue(30);
    }

    @Test
    void loadBeyondTheQueueIsRefusedAtOnceInWordsThatHelp() {
        Cache<String, String> cache = open(2, 1);
        takeAllTurns(cache, 2);
        crew.start(() -> cache.get("waits")).awaitWaiting();

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessage("cache \"" + cache.getName()
                        + "\": 2 loads run and 1 wait, which is the most, so one more was refused; raise maxWaitingLoads"
                        + " (1) if callers can wait, or maxLoads (2) if the source bears more at once");
        assertThat(loader.loads("k")).isZero();
    }

    @Test
    void queueHasRoomAgainWhenALoadHasHadItsTurn() {
        Cache<String, String> cache = open(1, 1);
        takeAllTurns(cache, 1);
        Task<String> waiting = crew.start(() -> cache.get("waits"));
        waiting.awaitWaiting();
        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(CacheLoaderException.class);

        atSource.release();
        waiting.get();

        assertThat(cache.get("k")).isEqualTo("value of k");
    }

    @Test
    void loadThatWaitedTooLongIsRefusedInWordsThatHelp() {
        Cache<String, String> cache =
                caches.create(strings().loader(loader).maxLoads(1).maxLoadWait(Duration.ofSeconds(3)));
        takeAllTurns(cache, 1);
        Task<String> reader = crew.start(() -> cache.get("k")).awaitWaiting();

        time.advance(Duration.ofSeconds(3).minusMillis(1));
        reader.awaitWaiting();
        time.advance(Duration.ofMillis(1));

        assertThat(reader.failure())
                .isInstanceOf(CacheLoaderException.class)
                .hasMessage("cache \"" + cache.getName()
                        + "\": a load waited PT3S for its turn, as 1 run at once and none ended; raise maxLoads (1)"
                        + " if the source bears more at once, or maxLoadWait (PT3S) if callers can wait");
    }

    @Test
    void whatIsInTheCacheTakesNoTurn() {
        Cache<String, String> cache = open(1, 0);
        cache.put("k", "v");
        takeAllTurns(cache, 1);

        assertThat(cache.get("k")).isEqualTo("v");
    }

    @Test
    void loadOfManyKeysIsOneLoad() {
        Cache<String, String> cache = open(1, 0);

        assertThat(cache.getAll(Set.of("a", "b", "c"))).hasSize(3);
    }

    @Test
    void loadGoesWithTheOneThatAsksForItOnItsThread() {
        List<Cache<String, String>> self = new ArrayList<>();
        TestLoader<String, String> nested = new TestLoader<>(
                key -> key.equals("child") ? "child of " + self.get(0).get("parent") : key);
        self.add(caches.create(strings().loader(nested).maxLoads(1).maxWaitingLoads(0)));

        assertThat(self.get(0).get("child")).isEqualTo("child of parent");
    }

    /** Without lending, the child would keep the turn that the parent waits for. */
    @Test
    void loadThatWaitsForOneOfAnotherThreadLendsItItsTurn() {
        Holdup inChild = new Holdup();
        List<Cache<String, String>> self = new ArrayList<>();
        TestLoader<String, String> nested = new TestLoader<>(key -> {
            if (key.equals("child")) {
                inChild.stay();
                return "child of " + self.get(0).get("parent");
            }
            return key;
        });
        self.add(caches.create(strings().loader(nested).maxLoads(1)));
        Task<String> child = crew.start(() -> self.get(0).get("child"));
        inChild.awaitReached();
        Task<String> parent = crew.start(() -> self.get(0).get("parent"));
        parent.awaitWaiting();

        inChild.release();

        assertThat(child.get()).isEqualTo("child of parent");
        assertThat(parent.get()).isEqualTo("parent");
        assertThat(nested.loads("parent")).isEqualTo(1);
    }

    private static Arguments change(String name, Consumer<Cache<String, String>> change) {
        return Arguments.of(name, change);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("put", cache -> cache.put("k", "put")),
                change("remove", cache -> cache.remove("k")),
                change("clear", Cache::clear));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void changeDoesNotWaitForTheLoadThatWaitsAndOvertakesIt(String name, Consumer<Cache<String, String>> change) {
        Cache<String, String> cache = open(1, 10);
        takeAllTurns(cache, 1);
        Task<String> reader = crew.start(() -> cache.get("k"));
        reader.awaitWaiting();

        change.accept(cache);
        String after = name.equals("put") ? "put" : null;
        assertThat(cache.containsKey("k")).isEqualTo(after != null);
        atSource.release();

        assertThat(reader.get()).isEqualTo("value of k");
        assertThat(cache.containsKey("k")).isEqualTo(after != null);
        assertThat(cache.get("k")).isEqualTo(after == null ? "value of k" : after);
    }

    @Test
    void wrongNumbersAreRefused() {
        assertThatThrownBy(() -> strings().maxLoads(0)).hasMessage("maxLoads must be 1 or more: 0");
        assertThatThrownBy(() -> strings().maxWaitingLoads(-1)).hasMessage("maxWaitingLoads must be 0 or more: -1");
        assertThatThrownBy(() -> strings().maxLoadWait(Duration.ZERO))
                .hasMessage("maxLoadWait must be a millisecond or more: PT0S");
    }

    @Test
    void settingsAreKeptByCopiesOfTheSettings() {
        CacheSettings<String, String> settings = strings()
                .maxLoads(7)
                .maxWaitingLoads(8)
                .maxLoadWait(Duration.ofSeconds(9))
                .build();
        CacheSettings<String, String> copy = settings.toBuilder().build();

        assertThat(copy.getMaxLoads()).isEqualTo(7);
        assertThat(copy.getMaxWaitingLoads()).isEqualTo(8);
        assertThat(copy.getMaxLoadWait()).isEqualTo(Duration.ofSeconds(9));
    }
}
