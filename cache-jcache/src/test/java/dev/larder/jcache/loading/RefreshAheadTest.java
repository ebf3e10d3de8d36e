package dev.larder.jcache.loading;

import static dev.larder.jcache.loading.BackgroundLoads.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.concurrency.TestLoader;
import dev.larder.jcache.concurrency.Way;
import dev.larder.jcache.fixture.SharedHeap;
import dev.larder.jcache.loading.OvertakenLoadTest.Overtaker;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code refreshAhead} and {@code earlyRefresh}. */
@Timeout(600)
class RefreshAheadTest {

    private static final Duration TTL = Duration.ofSeconds(100);
    private static final Duration THRESHOLD = Duration.ofSeconds(80);

    private final FakeTime time = new FakeTime();
    private final ScriptedSource source = new ScriptedSource();

    @RegisterExtension
    final TestCaches caches = TestCaches.on(time);

    private CacheSettings.Builder<String, String> settings() {
        return CacheSettings.builder(String.class, String.class)
                .loader(source.loader())
                .expireAfterWrite(TTL)
                .refreshAhead(0.8);
    }

    static Stream<Way> ways() {
        return StaleWhileRevalidateTest.ways();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void readAfterTheThresholdRenewsTheValueInTheBackground(Way way) {
        Cache<String, String> cache = way.open(caches, settings(), "any");
        cache.get("k");
        source.set("new");
        time.advance(THRESHOLD.minusMillis(1));
        cache.get("k");
        cache.getAll(Set.of("k"));
        assertThat(source.loads()).isEqualTo(1);
        time.advance(Duration.ofMillis(1));
        Holdup atSource = source.holdUp();

        for (int i = 0; i < 100; i++) {
            assertThat(cache.get("k")).isEqualTo("old");
        }
        atSource.release();

        eventually(() -> assertThat(cache.get("k")).isEqualTo("new"));
        assertThat(source.loads()).isEqualTo(2);
        time.advance(THRESHOLD.minusMillis(1));
        cache.get("k");
        assertThat(source.loads()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void valueThatNobodyReadsExpires(Way way) {
        Cache<String, String> cache = way.open(caches, settings(), "any");
        cache.get("k");

        time.advance(TTL);

        assertThat(cache.containsKey("k")).isFalse();
        assertThat(source.loads()).isEqualTo(1);
    }

    static Stream<Arguments> waysAndOvertakers() {
        return StaleWhileRevalidateTest.waysAndOvertakers();
    }

    @ParameterizedTest
    @MethodSource("waysAndOvertakers")
    void renewalThatAChangeOvertookStoresNothing(Way way, Overtaker overtaker) {
        Cache<String, String> cache = way.open(caches, settings(), "any");
        cache.get("k");
        time.advance(THRESHOLD);
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

    @Test
    void failureLeavesTheValueUntilItsTtlEnds() {
        Cache<String, String> cache = caches.create(settings());
        cache.get("k");
        time.advance(THRESHOLD);
        source.fail();

        for (int i = 0; i < 100; i++) {
            assertThat(cache.get("k")).isEqualTo("old");
            BackgroundLoads.awaitDone();
        }
        assertThat(source.loads()).isEqualTo(2);
        time.advance(TTL.minus(THRESHOLD));
        assertThat(cache.containsKey("k")).isFalse();
    }

    /** Else each read would renew the value that the one before has renewed. */
    @Test
    void thresholdIsAPartOfTheTimeThatEntriesReallyHave() {
        Cache<String, String> cache =
                caches.create(settings().store(new SharedHeap()).maxStale(Duration.ofSeconds(10)));
        cache.get("k");

        for (int i = 0; i < 10; i++) {
            cache.get("k");
            BackgroundLoads.awaitDone();
        }

        assertThat(source.loads()).isEqualTo(1);
    }

    @Test
    void slowLoadsMakeReadsRenewEarlyByChance() {
        TestLoader<String, String> slow = new TestLoader<>(key -> {
            time.advance(Duration.ofSeconds(1));
            return "value";
        });
        Cache<String, String> cache = caches.create(CacheSettings.builder(String.class, String.class)
                .loader(slow)
                .expireAfterWrite(TTL)
                .earlyRefresh(1));
        cache.get("k");
        for (int i = 0; i < 1_000; i++) {
            cache.get("k");
        }
        // the chance that one of these reads renews is less than 1 : 10^38
        assertThat(slow.loads("k")).isEqualTo(1);

        // at a second before the end it is about 1 : 2.7 for each
        time.advance(TTL.minusSeconds(1));
        for (int i = 0; i < 1_000 && slow.loads("k") == 1; i++) {
            cache.get("k");
            BackgroundLoads.awaitDone();
        }

        assertThat(slow.loads("k")).isEqualTo(2);
    }

    @Test
    void settingsThatCouldNotTakeEffectAreRefused() {
        assertThatThrownBy(() -> caches.create(settings().expireAfterTouch(TTL)))
                .hasMessageContaining("refreshAhead 0.8 needs entries that expire at a fixed time");
        assertThatThrownBy(() -> caches.create(
                        CacheSettings.builder(String.class, String.class).earlyRefresh(1)))
                .hasMessageContaining("earlyRefresh 1.0 needs a loader; set one");
        assertThatThrownBy(() -> settings().refreshAhead(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("refreshAhead must be more than 0 and less than 1: 1.0");
        assertThatThrownBy(() -> settings().earlyRefresh(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("earlyRefresh must be more than 0: NaN");
    }
}
