package dev.larder.jcache.loading;

import static dev.larder.jcache.loading.BackgroundLoads.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.concurrency.Way;
import dev.larder.jcache.fixture.Beans;
import dev.larder.jcache.fixture.RecordingListener;
import dev.larder.jcache.fixture.SharedHeap;
import dev.larder.jcache.loading.OvertakenLoadTest.Overtaker;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.EventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(600)
class StaleWhileRevalidateTest {

    private static final Duration TTL = Duration.ofSeconds(60);
    private static final Duration WINDOW = Duration.ofSeconds(20);

    private final FakeTime time = new FakeTime();
    private final ScriptedSource source = new ScriptedSource();

    @RegisterExtension
    final TestCaches caches = TestCaches.on(time);

    private CacheSettings.Builder<String, String> settings() {
        return CacheSettings.builder(String.class, String.class)
                .loader(source.loader())
                .expireAfterWrite(TTL)
                .staleWhileRevalidate(WINDOW);
    }

    private Cache<String, String> open(Way way) {
        return way.open(caches, settings(), "any");
    }

    /** All but the one with an expiry of its own, of which nobody knows when a value is stale. */
    static Stream<Way> ways() {
        return EnumSet.complementOf(EnumSet.of(Way.OWN_EXPIRY)).stream();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void staleValueIsServedAtOnceWhileOneLoadBringsAnother(Way way) {
        Cache<String, String> cache = open(way);
        cache.get("k");
        source.set("new");
        time.advance(TTL);
        Holdup atSource = source.holdUp();

        for (int i = 0; i < 100; i++) {
            assertThat(cache.get("k")).isEqualTo("old");
            assertThat(cache.getAll(Set.of("k"))).containsEntry("k", "old");
        }
        atSource.awaitReached();
        assertThat(source.loads()).isEqualTo(2);
        atSource.release();

        eventually(() -> assertThat(cache.get("k")).isEqualTo("new"));
        assertThat(source.loads()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void valueIsNotRenewedBeforeItsTtlEndsNorServedAfterTheWindow(Way way) {
        Cache<String, String> cache = open(way);
        cache.get("k");
        source.set("new");

        time.advance(TTL.minusMillis(1));
        assertThat(cache.get("k")).isEqualTo("old");
        assertThat(source.loads()).isEqualTo(1);
        time.advance(WINDOW.plusMillis(1));

        assertThat(cache.get("k")).isEqualTo("new");
        assertThat(source.loads()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void renewedValueIsFreshForAsLongAsAnyOther(Way way) {
        Cache<String, String> cache = open(way);
        cache.get("k");
        time.advance(TTL);
        source.set("new");
        cache.get("k");
        eventually(() -> assertThat(cache.get("k")).isEqualTo("new"));

        source.set("newer");
        time.advance(TTL.minusMillis(1));

        assertThat(cache.get("k")).isEqualTo("new");
        assertThat(source.loads()).isEqualTo(2);
    }

    @Test
    void renewedValueIsFreshAgainAlsoWhereAnUpdateLeavesTheDeadline() {
        Cache<String, String> cache = caches.create(settings().expireAfterCreation(TTL));
        cache.get("k");
        time.advance(TTL);
        source.set("new");
        cache.get("k");
        eventually(() -> assertThat(cache.get("k")).isEqualTo("new"));

        time.advance(TTL.minusMillis(1));
        cache.get("k");

        assertThat(source.loads()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void getAllRenewsAllThatIsStaleWithOneCallOfTheLoader(Way way) {
        Cache<String, String> cache = open(way);
        cache.getAll(Set.of("k", "l"));
        time.advance(TTL);
        source.set("new");

        assertThat(cache.getAll(Set.of("k", "l", "m"))).isEqualTo(Map.of("k", "old", "l", "old", "m", "new"));

        eventually(() -> assertThat(cache.getAll(Set.of("k", "l"))).isEqualTo(Map.of("k", "new", "l", "new")));
        assertThat(source.loader().loads()).containsEntry("k", 2).containsEntry("l", 2);
    }

    static Stream<Arguments> waysAndOvertakers() {
        return ways().flatMap(way ->
                EnumSet.complementOf(EnumSet.of(Overtaker.PUT_IF_ABSENT, Overtaker.PUT_WITH_TTL)).stream()
                        .map(overtaker -> Arguments.of(way, overtaker)));
    }

    @ParameterizedTest
    @MethodSource("waysAndOvertakers")
    void renewalThatAChangeOvertookStoresNothing(Way way, Overtaker overtaker) {
        Cache<String, String> cache = open(way);
        cache.get("k");
        time.advance(TTL);
        source.set("overtaken");
        Holdup atSource = source.holdUp();
        cache.get("k");
        atSource.awaitReached();

        source.set("new");
        overtaker.overtake(cache);
        boolean isThere = cache.containsKey("k");
        atSource.release();

        BackgroundLoads.awaitDone();
        assertThat(cache.containsKey("k")).isEqualTo(isThere);
        assertThat(cache.get("k")).isEqualTo(overtaker.valueAfter());
    }

    @ParameterizedTest
    @MethodSource("waysAndOvertakers")
    void renewalThatFoundNoValueAndAChangeOvertookEndsNothing(Way way, Overtaker overtaker) {
        Cache<String, String> cache = open(way);
        cache.get("k");
        time.advance(TTL);
        source.set(null);
        Holdup atSource = source.holdUp();
        cache.get("k");
        atSource.awaitReached();

        source.set("new");
        overtaker.overtake(cache);
        boolean isThere = cache.containsKey("k");
        atSource.release();

        BackgroundLoads.awaitDone();
        assertThat(cache.containsKey("k")).isEqualTo(isThere);
        assertThat(cache.get("k")).isEqualTo(overtaker.valueAfter());
    }

    @Test
    void entryThatIsGoneBeforeItsRenewalBeginsIsLoadedAllTheSame() {
        PointedHeap store = PointedHeap.at("before lease", () -> time.advance(WINDOW));
        Cache<String, String> cache = caches.create(settings().store(store));
        cache.get("k");
        time.advance(TTL);
        source.set("new");
        store.arm();

        assertThat(cache.get("k")).isEqualTo("old");
        BackgroundLoads.awaitDone();

        assertThat(cache.containsKey("k")).isTrue();
        assertThat(cache.get("k")).isEqualTo("new");
        assertThat(source.loads()).isEqualTo(2);
    }

    @Test
    void entryThatIsRemovedBeforeItsRenewalBeginsStaysAway() {
        AtomicReference<Cache<String, String>> cache = new AtomicReference<>();
        PointedHeap store = PointedHeap.at("before lease", () -> cache.get().remove("k"));
        cache.set(caches.create(settings().store(store)));
        cache.get().get("k");
        time.advance(TTL);
        store.arm();

        assertThat(cache.get().get("k")).isEqualTo("old");
        BackgroundLoads.awaitDone();

        assertThat(cache.get().containsKey("k")).isFalse();
        assertThat(source.loads()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void staleValueIsThereForAllOtherOperations(Way way) {
        Cache<String, String> cache = open(way);
        cache.get("k");
        time.advance(TTL.plusSeconds(1));

        assertThat(cache.containsKey("k")).isTrue();
        assertThat(cache.iterator().next().getValue()).isEqualTo("old");
        assertThat(cache.putIfAbsent("k", "v")).isFalse();
        assertThat(cache.<String>invoke("k", (entry, arguments) -> entry.getValue()))
                .isEqualTo("old");
        assertThat(cache.replace("k", "old", "put")).isTrue();
        assertThat(source.loads()).isEqualTo(1);
        assertThat(cache.get("k")).isEqualTo("put");
    }

    @Test
    void valueThatTheSourceHasNoMoreExpires() {
        RecordingListener<String, String> listener = new RecordingListener<>();
        Cache<String, String> cache = caches.create(settings()
                .listener(new MutableCacheEntryListenerConfiguration<>(
                        new FactoryBuilder.SingletonFactory<>(listener), null, true, true)));
        cache.get("k");
        time.advance(TTL);
        source.set(null);

        assertThat(cache.get("k")).isEqualTo("old");

        eventually(() -> assertThat(cache.containsKey("k")).isFalse());
        eventually(() -> assertThat(listener.told())
                .extracting(RecordingListener.Told::type)
                .containsExactly(EventType.CREATED, EventType.EXPIRED));
        assertThat(listener.told().get(1).old()).isEqualTo("old");
    }

    @Test
    void failureLeavesTheOldValueAndIsNotTriedAgainBeforeTheBackOff() {
        Cache<String, String> cache = caches.create(settings().staleIfErrorBackoff(Duration.ofSeconds(5)));
        cache.get("k");
        time.advance(TTL);
        source.fail();

        assertThat(cache.get("k")).isEqualTo("old");
        BackgroundLoads.awaitDone();
        time.advance(Duration.ofMillis(4_990));
        for (int i = 0; i < 10; i++) {
            assertThat(cache.get("k")).isEqualTo("old");
        }
        assertThat(source.loads()).isEqualTo(2);
        source.recover();
        source.set("new");
        time.advance(Duration.ofMillis(20));
        eventually(() -> assertThat(cache.get("k")).isEqualTo("new"));
    }

    @Test
    @SuppressWarnings("unchecked") // the cache is one of strings
    void entryWithATtlOfItsOwnIsStaleAfterThat() {
        LarderCache<String, String> cache = caches.create(settings()).unwrap(LarderCache.class);
        cache.put("k", "put", Duration.ofSeconds(5));
        source.set("new");

        time.advance(Duration.ofSeconds(5).minusMillis(1));
        assertThat(cache.get("k")).isEqualTo("put");
        assertThat(source.loads()).isZero();
        time.advance(WINDOW);
        assertThat(cache.get("k")).isEqualTo("put");
        eventually(() -> assertThat(cache.get("k")).isEqualTo("new"));
    }

    @Test
    void whatIsServedFromTheCacheIsAHit() {
        Cache<String, String> cache = caches.create(settings().statistics(true));
        cache.get("k");
        time.advance(TTL);
        cache.get("k");
        cache.getAll(Set.of("k", "l"));

        assertThat(Beans.statistics(cache).getCacheHits()).isEqualTo(2);
        assertThat(Beans.statistics(cache).getCacheMisses()).isEqualTo(2);
    }

    @Test
    void otherCacheThatRenewsAValueAlreadyIsLeftToDoSo() {
        SharedHeap store = new SharedHeap();
        Cache<String, String> cache = caches.create(settings().store(store));
        Cache<String, String> other = caches.create(settings().store(store));
        cache.get("k");
        time.advance(TTL);
        Holdup atSource = source.holdUp();
        source.set("new");
        cache.get("k");
        atSource.awaitReached();

        for (int i = 0; i < 10; i++) {
            assertThat(other.get("k")).isEqualTo("old");
        }
        assertThat(source.loads()).isEqualTo(2);
        atSource.release();

        eventually(() -> assertThat(other.get("k")).isEqualTo("new"));
        assertThat(source.loads()).isEqualTo(2);
    }

    @Test
    void renewalUnderWayDoesNotHinderTheClosing() {
        Cache<String, String> cache = caches.create(settings());
        cache.get("k");
        time.advance(TTL);
        Holdup atSource = source.holdUp();
        cache.get("k");
        atSource.awaitReached();

        cache.close();

        assertThat(cache.isClosed()).isTrue();
    }

    @Test
    void settingThatCouldNotTakeEffectIsRefused() {
        assertRefused(
                CacheSettings.builder(String.class, String.class).staleWhileRevalidate(WINDOW),
                "needs a loader; set one, or leave staleWhileRevalidate out");
        assertRefused(
                settings().readThrough(false), "needs read-through; switch it on, or leave staleWhileRevalidate out");
        assertRefused(
                settings().expireAfterTouch(TTL),
                "needs entries that expire at a fixed time after they were written; set expireAfterWrite or"
                        + " expireAfterCreation, or leave staleWhileRevalidate out");
        assertRefused(
                settings().store(new SharedHeap()).maxStale(WINDOW),
                "would leave no time to be fresh, because maxStale lets no entry live longer than PT20S; make it"
                        + " shorter, or leave staleWhileRevalidate out");
    }

    private void assertRefused(CacheSettings.Builder<String, String> settings, String reason) {
        assertThatThrownBy(() -> caches.create(settings))
                .isInstanceOf(CacheException.class)
                .hasMessageMatching("cache \"cache-\\d+\": staleWhileRevalidate PT20S " + reason);
    }
}
