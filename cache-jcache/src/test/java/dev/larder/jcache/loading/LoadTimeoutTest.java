package dev.larder.jcache.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.Stress;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.concurrency.TestLoader;
import dev.larder.jcache.concurrency.Way;
import dev.larder.jcache.loading.OvertakenLoadTest.Overtaker;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hardTimeout} and {@code softTimeout}. */
@Timeout(600)
class LoadTimeoutTest {

    private static final Duration HARD = Duration.ofMillis(200);
    private static final Duration SOFT = Duration.ofMillis(50);
    private static final Duration TTL = Duration.ofSeconds(60);

    private final FakeTime time = new FakeTime();
    private final ScriptedSource source = new ScriptedSource();

    @RegisterExtension
    final TestCaches caches = TestCaches.on(time);

    @RegisterExtension
    final TestCaches real = TestCaches.onSystemTime();

    @RegisterExtension
    final Crew crew = new Crew();

    private CacheSettings.Builder<String, String> settings() {
        return CacheSettings.builder(String.class, String.class)
                .loader(source.loader())
                .hardTimeout(HARD);
    }

    private CacheSettings.Builder<String, String> settingsWithOldValues() {
        return settings().expireAfterWrite(TTL).staleIfError(TTL);
    }

    static Stream<Arguments> waysAndCallers() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(Caller.values()).map(caller -> Arguments.of(way, caller)));
    }

    /** The time of a load begins when its caller waits for it: the test's thread or, of a loadAll, one of the cache. */
    private static void awaitTimeRuns(Task<?> caller) {
        caller.awaitWaiting();
        BackgroundLoads.awaitHeldUp();
    }

    @ParameterizedTest
    @MethodSource("waysAndCallers")
    void callerAndAllWhoWaitAreFreedWhenTheHardTimeoutEnds(Way way, Caller caller) {
        Cache<String, String> cache = way.open(caches, settings(), "any");
        Holdup atSource = source.holdUp();

        Task<String> first = crew.start(() -> caller.call(cache, "k"));
        atSource.awaitReached();
        Task<String> second = crew.start(() -> cache.get("k"));
        Task<Map<String, String>> third = crew.start(() -> cache.getAll(Set.of("k", "l")));
        awaitTimeRuns(first);
        second.awaitWaiting();
        third.awaitWaiting();
        time.advance(HARD.minusMillis(1));
        assertThat(List.of(first, second, third)).noneMatch(Task::isDone);
        time.advance(Duration.ofMillis(1));

        assertThat(first.failure()).isNotNull();
        assertThat(second.failure())
                .isInstanceOf(CacheLoaderException.class)
                .hasMessage(
                        "cache \"%s\": loader %s did not load key k within 200 ms (hardTimeout); it goes on, and what it"
                                + " brings is stored unless the key changes",
                        cache.getName(), TestLoader.class.getName());
        assertThat(third.failure()).isInstanceOf(CacheLoaderException.class);
        atSource.release();
    }

    @ParameterizedTest
    @MethodSource("waysAndCallers")
    void lateValueIsStored(Way way, Caller caller) {
        Cache<String, String> cache = way.open(caches, settings(), "any");
        Holdup atSource = source.holdUp();
        Task<String> first = crew.start(() -> caller.call(cache, "k"));
        atSource.awaitReached();
        awaitTimeRuns(first);
        time.advance(HARD);
        first.failure();

        atSource.release();
        BackgroundLoads.awaitDone();

        assertThat(cache.containsKey("k")).isTrue();
        assertThat(source.loads()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("waysAndCallers")
    void valueThatComesInTimeIsStoredWhenItsCallerHasIt(Way way, Caller caller) throws Exception {
        Cache<String, String> cache = way.open(caches, settings(), "any");

        assertThat(caller.call(cache, "k")).isEqualTo("old");

        if (caller == Caller.INVOKE) {
            // what another thread loads for a processor is stored as soon as that lets go of the key
            BackgroundLoads.awaitDone();
        }
        assertThat(cache.containsKey("k")).isTrue();
        assertThat(source.loads()).isEqualTo(1);
    }

    static Stream<Arguments> waysAndOvertakers() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(Overtaker.values()).map(overtaker -> Arguments.of(way, overtaker)));
    }

    @ParameterizedTest
    @MethodSource("waysAndOvertakers")
    void lateValueThatAChangeOvertookIsNotStored(Way way, Overtaker overtaker) {
        Cache<String, String> cache = way.open(caches, settings(), "any");
        source.set("overtaken");
        Holdup atSource = source.holdUp();
        Task<String> first = crew.start(() -> cache.get("k"));
        atSource.awaitReached();
        first.awaitWaiting();
        time.advance(HARD);
        first.failure();

        source.set("new");
        overtaker.overtake(cache);
        boolean isThere = cache.containsKey("k");
        atSource.release();
        BackgroundLoads.awaitDone();

        assertThat(cache.containsKey("k")).isEqualTo(isThere);
        assertThat(cache.get("k")).isEqualTo(overtaker.valueAfter());
    }

    @Test
    void whoComesLaterWaitsForTheSameLoadAndNoLongerThanOthers() {
        Cache<String, String> cache = caches.create(settings());
        Holdup atSource = source.holdUp();
        Task<String> first = crew.start(() -> cache.get("k"));
        atSource.awaitReached();
        first.awaitWaiting();
        time.advance(Duration.ofMillis(150));

        Task<String> second = crew.start(() -> cache.get("k")).awaitWaiting();
        Task<String> third = crew.start(() -> cache.get("k")).awaitWaiting();
        time.advance(Duration.ofMillis(50));
        assertThat(first.failure()).isInstanceOf(CacheLoaderException.class);
        assertThat(second.isDone()).isFalse();
        atSource.release();

        assertThat(second.get()).isEqualTo("old");
        assertThat(third.get()).isEqualTo("old");
        assertThat(source.loads()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oldValueIsServedWhenTheTimeoutEndsAndAtOnceUntilTheLoadDoes(boolean isSoft) {
        Cache<String, String> cache =
                caches.create(isSoft ? settingsWithOldValues().softTimeout(SOFT) : settingsWithOldValues());
        Duration timeout = isSoft ? SOFT : HARD;
        cache.get("k");
        time.advance(TTL);
        source.set("new");
        Holdup atSource = source.holdUp();

        Task<String> first = crew.start(() -> cache.get("k"));
        atSource.awaitReached();
        Task<String> second = crew.start(() -> cache.getAll(Set.of("k")).get("k"));
        first.awaitWaiting();
        second.awaitWaiting();
        time.advance(timeout.minusMillis(1));
        assertThat(first.isDone()).isFalse();
        time.advance(Duration.ofMillis(1));

        assertThat(first.get()).isEqualTo("old");
        assertThat(second.get()).isEqualTo("old");
        assertThat(cache.get("k")).isEqualTo("old");
        assertThat(cache.getAll(Set.of("k"))).containsEntry("k", "old");
        assertThat(source.loads()).isEqualTo(2);
        atSource.release();
        BackgroundLoads.awaitDone();
        assertThat(cache.get("k")).isEqualTo("new");
        assertThat(source.loads()).isEqualTo(2);
    }

    @Test
    void getAllOfOldValuesIsFreedBySoftTimeoutToo() {
        Cache<String, String> cache = caches.create(settingsWithOldValues().softTimeout(SOFT));
        cache.getAll(Set.of("k", "l"));
        time.advance(TTL);
        Holdup atSource = source.holdUp();

        Task<Map<String, String>> bulk = crew.start(() -> cache.getAll(Set.of("k", "l")));
        atSource.awaitReached();
        bulk.awaitWaiting();
        time.advance(SOFT);

        assertThat(bulk.get()).isEqualTo(Map.of("k", "old", "l", "old"));
        atSource.release();
    }

    @Test
    void softTimeoutIsNoFailure() {
        Cache<String, String> cache =
                caches.create(settingsWithOldValues().softTimeout(SOFT).staleIfErrorBackoff(TTL));
        cache.get("k");
        time.advance(TTL);
        Holdup atSource = source.holdUp();
        Task<String> slow = crew.start(() -> cache.get("k"));
        atSource.awaitReached();
        slow.awaitWaiting();
        time.advance(SOFT);
        assertThat(slow.get()).isEqualTo("old");
        cache.remove("k");
        cache.put("k", "put");
        atSource.release();
        BackgroundLoads.awaitDone();
        source.set("new");

        time.advance(TTL);

        assertThat(cache.get("k")).isEqualTo("new");
    }

    @Test
    void loaderThatAsksForItsOwnKeyOnAThreadOfTheCacheIsTold() {
        AtomicReference<Cache<String, String>> cache = new AtomicReference<>();
        TestLoader<String, String> recursive =
                new TestLoader<>(key -> cache.get().get(key));
        cache.set(caches.create(settings().loader(recursive)));

        assertThat(crew.start(() -> cache.get().get("k")).failure())
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("asked the cache for key k while loading it");
    }

    @Test
    void loadsThatNeedOthersDoNotRunOutOfThreads() {
        AtomicReference<Cache<String, String>> cache = new AtomicReference<>();
        TestLoader<String, String> nested = new TestLoader<>(
                key -> key.endsWith("'") ? "value" : cache.get().get(key + "'"));
        cache.set(caches.create(settings().loader(nested)));

        List<Task<String>> callers = IntStream.range(0, 200)
                .mapToObj(i -> crew.start(() -> cache.get().get("k" + i)))
                .toList();

        assertThat(callers).extracting(Task::get).containsOnly("value");
    }

    @Test
    void errorOfTheLoaderReachesTheCallerAsItIs() {
        Cache<String, String> cache = caches.create(settings().loader(new TestLoader<>(key -> {
            throw new OutOfMemoryError("of this load");
        })));

        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> cache.getAll(Set.of("k"))).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void interruptedCallerIsFreedAndTheLoadGoesOn() {
        Cache<String, String> cache = caches.create(settings());
        Holdup atSource = source.holdUp();
        Task<String> caller = crew.start(() -> cache.get("k"));
        atSource.awaitReached();

        caller.awaitWaiting().interrupt();

        assertThat(caller.failure()).isInstanceOf(CacheException.class).hasMessageContaining("interrupted");
        atSource.release();
        BackgroundLoads.awaitDone();
        assertThat(cache.containsKey("k")).isTrue();
    }

    @Test
    void closingFreesCallersWhoseLoadHasNotBegun() {
        Cache<String, String> cache = caches.create(settings());
        source.holdUp();
        List<Task<String>> callers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String key = "k" + i;
            callers.add(crew.start(() -> cache.get(key)));
        }
        callers.forEach(Task::awaitWaiting);

        cache.close();

        assertThat(callers).allSatisfy(caller -> assertThat(caller.failure()).isNotNull());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void thousandCallersOfALoaderThatHangsAreFreedInTime(boolean shareOneKey) {
        long millis = longestWaitMillis(shareOneKey);
        // the first round warms up; and a round in which the machine has other work as well tells nothing, nor do the
        // builds on
        // one that pauses threads for seconds, but that all are freed long before the loader goes on
        for (int round = 1; Stress.ON && round < 5; round++) {
            millis = Math.min(millis, longestWaitMillis(shareOneKey));
        }

        System.getLogger(LoadTimeoutTest.class.getName())
                .log(System.Logger.Level.INFO, "hard timeout 200 ms: 1,000 callers were freed after " + millis + " ms");
        assertThat(millis).isBetween(200L, Stress.ON ? 250L : 30_000L);
    }

    /** Returns how long the one waits who waits longest. */
    private long longestWaitMillis(boolean shareOneKey) {
        Cache<String, String> cache = real.create(settings());
        Holdup atSource = source.holdUp();
        AtomicLong longestNanos = new AtomicLong();

        crew.race(1_000, thread -> {
            String key = shareOneKey ? "k" : "k" + thread;
            long start = System.nanoTime();
            try {
                cache.get(key);
                throw new AssertionError("a value came out of nowhere");
            } catch (CacheLoaderException e) {
                longestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
            }
        });

        atSource.release();
        cache.close();
        return TimeUnit.NANOSECONDS.toMillis(longestNanos.get());
    }

    @Test
    void settingsThatCouldNotTakeEffectAreRefused() {
        assertThatThrownBy(() -> caches.create(
                        CacheSettings.builder(String.class, String.class).hardTimeout(HARD)))
                .hasMessageEndingWith("hardTimeout PT0.2S needs a loader; set one, or leave hardTimeout out");
        assertThatThrownBy(() -> caches.create(settings().softTimeout(SOFT)))
                .hasMessageEndingWith("softTimeout PT0.05S needs an old value to serve; set staleIfError, or leave"
                        + " softTimeout out");
        assertThatThrownBy(() -> caches.create(settingsWithOldValues().softTimeout(HARD)))
                .hasMessageEndingWith("softTimeout PT0.2S must be less than hardTimeout PT0.2S; make it shorter, or"
                        + " leave softTimeout out");
    }
}
