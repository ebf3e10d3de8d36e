package dev.larder.jcache.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.concurrency.Way;
import dev.larder.jcache.fixture.Beans;
import dev.larder.jcache.fixture.LoggedLines;
import dev.larder.jcache.loading.OvertakenLoadTest.Overtaker;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(600)
class StaleIfErrorTest {

    private static final Duration TTL = Duration.ofSeconds(60);
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Duration BACK_OFF = Duration.ofSeconds(1);

    private final FakeTime time = new FakeTime();
    private final ScriptedSource source = new ScriptedSource();

    @RegisterExtension
    final TestCaches caches = TestCaches.on(time);

    @RegisterExtension
    final LoggedLines log = new LoggedLines("dev.larder.jcache.internal.load.Outage");

    @RegisterExtension
    final Crew crew = new Crew();

    private CacheSettings.Builder<String, String> settings() {
        return CacheSettings.builder(String.class, String.class)
                .loader(source.loader())
                .expireAfterWrite(TTL)
                .staleIfError(BOUND)
                .staleIfErrorBackoff(BACK_OFF);
    }

    private Cache<String, String> open(Way way) {
        return way.open(caches, settings(), "any");
    }

    static Stream<Way> ways() {
        return StaleWhileRevalidateTest.ways();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void valuePastItsTtlIsLoadedAnewBeforeItIsServed(Way way) {
        Cache<String, String> cache = open(way);
        cache.get("k");
        time.advance(TTL);
        source.set("new");

        assertThat(cache.get("k")).isEqualTo("new");
        time.advance(TTL.minusMillis(1));
        assertThat(cache.get("k")).isEqualTo("new");
        assertThat(source.loads()).isEqualTo(2);
    }

    @Test
    void beginAndEndOfAnOutageAreLogged() {
        Cache<String, String> cache = caches.create(settings());
        cache.get("k");
        time.advance(TTL);
        source.fail();
        cache.get("k");
        source.recover();
        time.advance(BACK_OFF);
        cache.get("k");

        assertThat(log.lines())
                .satisfiesExactly(
                        begin -> assertThat(begin).startsWith("WARNING ").contains("cannot be loaded anew"),
                        end -> assertThat(end).endsWith("can be loaded again, after 1000 ms and 1 failures"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void valueThatTheSourceHasNoMoreIsNotServed(Way way) {
        Cache<String, String> cache = open(way);
        cache.getAll(Set.of("k", "l"));
        time.advance(TTL);
        source.set(null);

        assertThat(cache.get("k")).isNull();
        assertThat(cache.getAll(Set.of("l"))).isEmpty();
        assertThat(cache).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void outageOfTenSecondsShowsAsNoExceptionAndOneTryInEachBackOff(Way way) {
        Cache<String, String> cache = open(way);
        cache.getAll(Set.of("k", "l"));
        time.advance(TTL);
        source.fail();

        for (int i = 0; i < 1_000; i++) {
            assertThat(cache.get("k")).isEqualTo("old");
            assertThat(cache.getAll(Set.of("k", "l"))).isEqualTo(Map.of("k", "old", "l", "old"));
            time.advance(Duration.ofMillis(10));
        }

        assertThat(source.loads()).isEqualTo(1 + 10);
        assertThat(source.loader().loads("l")).isLessThanOrEqualTo(1 + 10);
        source.recover();
        source.set("new");
        assertThat(cache.get("k")).isEqualTo("new");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void failureIsThrownWhenTheBoundIsReached(Way way) {
        Cache<String, String> cache = open(way);
        cache.get("k");
        source.fail();

        time.advance(TTL.plus(BOUND).minusMillis(1));
        assertThat(cache.get("k")).isEqualTo("old");
        time.advance(Duration.ofMillis(1));

        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(CacheLoaderException.class);
        assertThatThrownBy(() -> cache.getAll(Set.of("k"))).isInstanceOf(CacheLoaderException.class);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whoWaitsForALoadThatFailsGetsTheOldValueToo(Way way) {
        Cache<String, String> cache = open(way);
        cache.get("k");
        time.advance(TTL);
        source.fail();
        Holdup atSource = source.holdUp();

        Task<String> first = crew.start(() -> cache.get("k"));
        atSource.awaitReached();
        List<Task<String>> others = Stream.generate(() -> crew.start(() -> cache.get("k")))
                .limit(10)
                .toList();
        Task<Map<String, String>> bulk = crew.start(() -> cache.getAll(Set.of("k")));
        others.forEach(Task::awaitWaiting);
        bulk.awaitWaiting();
        atSource.release();

        assertThat(first.get()).isEqualTo("old");
        assertThat(others).extracting(Task::get).containsOnly("old");
        assertThat(bulk.get()).containsEntry("k", "old");
        assertThat(source.loads()).isEqualTo(2);
    }

    /** There is nothing to serve for a key that is not there. */
    @Test
    void getAllThatMissesAKeyFails() {
        Cache<String, String> cache = caches.create(settings());
        cache.get("k");
        time.advance(TTL);
        source.fail();

        assertThatThrownBy(() -> cache.getAll(Set.of("k", "missing"))).isInstanceOf(CacheLoaderException.class);
        assertThat(cache.get("k")).isEqualTo("old");
    }

    @Test
    void revalidationComesFirstAndTheFailureBoundAfterIt() {
        Cache<String, String> cache = caches.create(settings().staleWhileRevalidate(Duration.ofSeconds(5)));
        cache.get("k");
        time.advance(TTL);
        source.set("new");
        Holdup atSource = source.holdUp();

        assertThat(cache.get("k")).isEqualTo("old");
        atSource.release();
        BackgroundLoads.awaitDone();
        assertThat(cache.get("k")).isEqualTo("new");
        time.advance(TTL.plusSeconds(5));
        source.set("newer");
        assertThat(cache.get("k")).isEqualTo("newer");
        time.advance(TTL.plusSeconds(5));
        source.fail();
        assertThat(cache.get("k")).isEqualTo("newer");
    }

    static Stream<Arguments> waysAndOvertakers() {
        return StaleWhileRevalidateTest.waysAndOvertakers();
    }

    @ParameterizedTest
    @MethodSource("waysAndOvertakers")
    void loadThatAChangeOvertookStoresNothing(Way way, Overtaker overtaker) {
        Cache<String, String> cache = open(way);
        cache.get("k");
        time.advance(TTL);
        source.set("overtaken");
        Holdup atSource = source.holdUp();
        Task<String> first = crew.start(() -> cache.get("k"));
        atSource.awaitReached();

        source.set("new");
        overtaker.overtake(cache);
        boolean isThere = cache.containsKey("k");
        atSource.release();

        assertThat(first.get()).isEqualTo("overtaken");
        assertThat(cache.containsKey("k")).isEqualTo(isThere);
        assertThat(cache.get("k")).isEqualTo(overtaker.valueAfter());
    }

    @ParameterizedTest
    @MethodSource("waysAndOvertakers")
    void getAfterAChangeNeverGetsTheOldValueOfALoadThatFails(Way way, Overtaker overtaker) {
        Cache<String, String> cache = open(way);
        cache.get("k");
        time.advance(TTL);
        source.fail();
        Holdup atSource = source.holdUp();
        Task<String> first = crew.start(() -> cache.get("k"));
        atSource.awaitReached();

        source.recover();
        source.set("new");
        overtaker.overtake(cache);
        Task<String> afterTheChange = crew.start(() -> cache.get("k"));
        atSource.release();

        assertThat(afterTheChange.get()).isEqualTo(overtaker.valueAfter());
        assertThat(first.get()).isEqualTo("old");
        assertThat(cache.get("k")).isEqualTo(overtaker.valueAfter());
    }

    @Test
    void whatWaitsForTheLoaderIsNoHitAndWhatDoesNotIsOne() {
        Cache<String, String> cache = caches.create(settings().statistics(true));
        cache.get("k");
        time.advance(TTL);
        source.fail();
        cache.get("k");
        cache.get("k");
        cache.getAll(Set.of("k"));

        assertThat(Beans.statistics(cache).getCacheMisses()).isEqualTo(2);
        assertThat(Beans.statistics(cache).getCacheHits()).isEqualTo(2);
    }

    @Test
    void settingThatCouldNotTakeEffectIsRefused() {
        assertThatThrownBy(() -> caches.create(settings().expireAfterAccess(TTL)))
                .hasMessageContaining("staleIfError PT20S needs entries that expire at a fixed time");
        assertThatThrownBy(() -> caches.create(
                        CacheSettings.builder(String.class, String.class).staleIfError(BOUND)))
                .hasMessageContaining("staleIfError PT20S needs a loader; set one");
    }
}
