package dev.larder.jcache.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.concurrency.TestLoader;
import dev.larder.jcache.concurrency.Way;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A TTL of 100 ms, of which a key loses up to 50. */
@Timeout(300)
class JitteredTtlTest {

    private static final Duration TTL = Duration.ofMillis(100);
    private static final double JITTER = 0.5;

    /** Not the one with an expiry policy of its own. */
    private static final List<Way> WAYS = List.copyOf(EnumSet.complementOf(EnumSet.of(Way.OWN_EXPIRY)));

    private final FakeTime time = new FakeTime();
    private final TestLoader<String, String> loader = new TestLoader<>(key -> "loaded");

    @RegisterExtension
    final TestCaches caches = TestCaches.on(time);

    @RegisterExtension
    final Crew crew = new Crew();

    private static CacheSettings.Builder<String, String> strings() {
        return CacheSettings.builder(String.class, String.class);
    }

    private LarderCache<String, String> open(Way way, CacheSettings.Builder<String, String> settings) {
        return LarderCache.of(
                way.open(caches, settings.jitter(JITTER).loader(loader).readThrough(true), "any"));
    }

    /** Returns after how many milliseconds the entry is gone. */
    private int lifetime(LarderCache<String, String> cache) {
        int millis = 0;
        while (cache.containsKey("k")) {
            time.advance(Duration.ofMillis(1));
            millis++;
        }
        return millis;
    }

    private static Arguments operation(String name, Consumer<LarderCache<String, String>> operation) {
        return Arguments.of(name, operation);
    }

    private static Stream<Arguments> updates() {
        return Stream.of(
                operation("put", cache -> cache.put("k", "w")),
                operation("getAndPut", cache -> cache.getAndPut("k", "w")),
                operation("putAll", cache -> cache.putAll(Map.of("k", "w", "l", "w"))),
                operation(
                        "invoke that sets",
                        cache -> cache.invoke("k", (entry, a) -> {
                            entry.setValue("w");
                            return null;
                        })));
    }

    static Stream<Arguments> creations() {
        return Stream.concat(
                updates(),
                Stream.of(
                        operation("putIfAbsent", cache -> cache.putIfAbsent("k", "w")),
                        operation("load", cache -> cache.get("k")),
                        operation("load of many", cache -> cache.getAll(Set.of("k", "l"))),
                        operation("load by a processor", cache -> cache.invoke("k", (entry, a) -> entry.getValue()))));
    }

    static Stream<Arguments> changes() {
        return Stream.concat(
                updates(),
                Stream.of(
                        operation("replace", cache -> cache.replace("k", "w")),
                        operation("replace of a value", cache -> cache.replace("k", "v", "w")),
                        operation("getAndReplace", cache -> cache.getAndReplace("k", "w"))));
    }

    static Stream<Arguments> accesses() {
        return Stream.of(
                operation("get", cache -> cache.get("k")),
                operation("getAll", cache -> cache.getAll(Set.of("k"))),
                operation("iteration", cache -> cache.iterator().next()),
                operation("refused replace", cache -> cache.replace("k", "x", "w")),
                operation("refused remove", cache -> cache.remove("k", "x")),
                operation("invoke that reads", cache -> cache.invoke("k", (entry, a) -> entry.getValue())));
    }

    @Test
    void keysLiveForDifferentTimesAndTheSameKeyForTheSame() {
        LarderCache<String, String> cache = open(Way.DIRECT, strings().expireAfterWrite(TTL));

        cache.put("k", "v");
        int first = lifetime(cache);
        cache.put("k", "v");

        assertThat(lifetime(cache)).isEqualTo(first).isGreaterThan(50).isLessThan(100);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("creations")
    void newEntryHasTheTtlOfItsKey(String name, Consumer<LarderCache<String, String>> creation) {
        for (Way way : WAYS) {
            LarderCache<String, String> cache = open(way, strings().expireAfterCreation(TTL));
            cache.put("k", "v");
            int ofKey = lifetime(cache);

            creation.accept(cache);

            assertThat(lifetime(cache)).as("%s, %s", name, way).isEqualTo(ofKey).isLessThan(100);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void updatedEntryHasTheTtlOfItsKey(String name, Consumer<LarderCache<String, String>> change) {
        for (Way way : WAYS) {
            LarderCache<String, String> cache = open(way, strings().expireAfterWrite(TTL));
            cache.put("k", "v");
            int ofKey = lifetime(cache);
            cache.put("k", "v");
            time.advance(Duration.ofMillis(20));

            change.accept(cache);

            assertThat(lifetime(cache)).as("%s, %s", name, way).isEqualTo(ofKey).isLessThan(100);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accesses")
    void entryThatWasReadHasTheTtlOfItsKey(String name, Consumer<LarderCache<String, String>> access) {
        for (Way way : WAYS) {
            LarderCache<String, String> cache = open(way, strings().expireAfterAccess(TTL));
            cache.put("k", "v");
            int ofKey = lifetime(cache);
            cache.put("k", "v");
            time.advance(Duration.ofMillis(20));

            access.accept(cache);

            assertThat(lifetime(cache)).as("%s, %s", name, way).isEqualTo(ofKey).isLessThan(100);
        }
    }

    @Test
    void ttlThatTheCodeGivesToAnEntryIsLeftAsItIs() {
        LarderCache<String, String> cache = open(Way.DIRECT, strings().expireAfterWrite(TTL));

        cache.put("k", "v", Duration.ofMillis(200));

        assertThat(lifetime(cache)).isEqualTo(200);
    }

    @Test
    void ttlOfAPolicyThatAUserWroteIsLeftAsItIs() {
        LarderCache<String, String> cache = open(Way.OWN_EXPIRY, strings());
        cache.put("k", "v");

        time.advance(Duration.ofHours(1).minusMillis(1));

        assertThat(cache.containsKey("k")).isTrue();
    }

    @Test
    void jitterOfAnEternalCacheIsNone() {
        LarderCache<String, String> cache = open(Way.DIRECT, strings());
        cache.put("k", "v");

        time.advance(Duration.ofDays(10_000));

        assertThat(cache.containsKey("k")).isTrue();
    }

    static Stream<Arguments> invalidations() {
        return Stream.of(
                operation("remove", cache -> cache.remove("k")),
                operation("invalidate", cache -> cache.invalidate("k")),
                operation("clear", cache -> cache.clear()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidations")
    void loadThatIsOvertakenIsNotStored(String name, Consumer<LarderCache<String, String>> invalidation) {
        Holdup atSource = new Holdup();
        LarderCache<String, String> cache = openHeldUp(atSource);
        Task<String> reader = crew.start(() -> cache.get("k"));
        atSource.awaitReached();

        invalidation.accept(cache);
        atSource.release();

        assertThat(reader.get()).isEqualTo("loaded");
        assertThat(cache.containsKey("k")).as(name).isFalse();
    }

    @Test
    void putDuringALoadHasTheTtlOfItsKey() {
        Holdup atSource = new Holdup();
        LarderCache<String, String> cache = openHeldUp(atSource);
        Task<String> reader = crew.start(() -> cache.get("k"));
        atSource.awaitReached();

        cache.put("k", "put");
        atSource.release();

        assertThat(reader.get()).isEqualTo("loaded");
        assertThat(cache.get("k")).isEqualTo("put");
        assertThat(lifetime(cache)).isGreaterThan(50).isLessThan(100);
    }

    private LarderCache<String, String> openHeldUp(Holdup atSource) {
        TestLoader<String, String> slow = new TestLoader<>(key -> {
            atSource.stay();
            return "loaded";
        });
        return LarderCache.of(
                caches.create(strings().expireAfterWrite(TTL).jitter(JITTER).loader(slow)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 0.6, Double.NaN})
    void whatIsNoPartOrTooMuchIsRefused(double jitter) {
        assertThatThrownBy(() -> strings().jitter(jitter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("jitter must be from 0 to 0.5: " + jitter);
    }

    @Test
    void settingIsKeptByCopiesOfTheSettings() {
        CacheSettings<String, String> settings = strings()
                .expiryPolicy(ModifiedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_HOUR))
                .jitter(0.25)
                .build();

        assertThat(settings.toBuilder().build().getJitter()).isEqualTo(0.25);
        assertThat(settings.toBuilder().explicitSettings()).contains("jitter");
    }
}
