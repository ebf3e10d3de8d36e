package dev.larder.jcache.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.LarderEntry;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.CountingPolicy;
import dev.larder.jcache.fixture.Parallel;
import dev.larder.jcache.fixture.RecordingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** TTLs that the caller names, over those of stock and hand-written policies, with and without a writer. */
@Timeout(300)
class OwnTtlTest {

    private static final Duration TTL = Duration.ofSeconds(5);

    private final CacheMaker maker = new CacheMaker();
    private final Parallel parallel = new Parallel();
    private final RecordingListener<String, String> listener = new RecordingListener<>();
    private final Outside outside = new Outside();

    @AfterEach
    void close() {
        parallel.close();
        maker.close();
    }

    /** How a cache is made that has its own ideas of lifetimes: 10 s, whatever happens. */
    enum Shape {
        STOCK,
        CUSTOM,
        STOCK_WRITER,
        CUSTOM_WRITER
    }

    private LarderCache<String, String> cache(Shape shape) {
        CacheSettings.Builder<String, String> settings =
                CacheMaker.strings().statistics(true).listener(listener.synchronously());
        if (shape == Shape.CUSTOM || shape == Shape.CUSTOM_WRITER) {
            CountingPolicy policy =
                    new CountingPolicy().onCreation(CountingPolicy.seconds(10)).onUpdate(CountingPolicy.seconds(10));
            settings.expiryPolicy(() -> policy);
        } else {
            settings.expireAfterWrite(Duration.ofSeconds(10));
        }
        if (shape == Shape.STOCK_WRITER || shape == Shape.CUSTOM_WRITER) {
            settings.writer(outside);
        }
        return maker.make(settings);
    }

    /** Notes what it is told to write, and loads what it is asked for. */
    private static final class Outside implements CacheWriter<String, String>, CacheLoader<String, String> {

        private final List<String> calls = new ArrayList<>();

        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {
            calls.add("write " + entry.getKey() + "=" + entry.getValue());
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
            entries.forEach(this::write);
            entries.clear();
        }

        @Override
        public void delete(Object key) {
            calls.add("delete " + key);
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            keys.forEach(this::delete);
            keys.clear();
        }

        @Override
        public String load(String key) {
            return "loaded";
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            return Map.of();
        }
    }

    private void assertLives(Cache<String, String> cache, Duration lifetime) {
        maker.time().advance(lifetime.minusMillis(1));
        assertThat(cache.containsKey("k")).as("just before " + lifetime).isTrue();
        maker.time().advance(Duration.ofMillis(1));
        assertThat(cache.containsKey("k")).as("at " + lifetime).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void putWithATtlLivesThatLong(Shape shape) {
        LarderCache<String, String> cache = cache(shape);

        cache.put("k", "v", TTL);
        assertLives(cache, TTL);

        cache.put("k", "v");
        cache.put("k", "w", Duration.ofSeconds(20));
        assertLives(cache, Duration.ofSeconds(20));

        cache.put("k", "v", TTL);
        cache.put("k", "w");
        assertLives(cache, Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @EnumSource
    void putIfAbsentWithATtlLivesThatLong(Shape shape) {
        LarderCache<String, String> cache = cache(shape);

        assertThat(cache.putIfAbsent("k", "v", TTL)).isTrue();
        assertThat(cache.putIfAbsent("k", "w", Duration.ofDays(1))).isFalse();

        assertThat(cache.get("k")).isEqualTo("v");
        assertLives(cache, TTL);
    }

    @ParameterizedTest
    @EnumSource
    void touchMovesTheDeadlineOfWhatIsThere(Shape shape) {
        LarderCache<String, String> cache = cache(shape);
        cache.put("k", "v");
        outside.calls.clear();
        maker.time().advance(Duration.ofSeconds(2));

        assertThat(cache.touch("k", TTL)).isTrue();
        assertThat(cache.touch("absent", TTL)).isFalse();

        assertLives(cache, TTL);
        assertThat(outside.calls).isEmpty();
        assertThat(cache.touch("k", TTL)).as("of a dead entry").isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void zeroDropsWhatIsThereAndStoresNothing(Shape shape) {
        LarderCache<String, String> cache = cache(shape);
        cache.put("k", "v");

        cache.put("k", "w", Duration.ZERO);
        assertThat(cache.containsKey("k")).isFalse();

        cache.put("k", "v");
        assertThat(cache.touch("k", Duration.ZERO)).isTrue();
        assertThat(cache.containsKey("k")).isFalse();

        cache.put("k", "v", Duration.ZERO);
        assertThat(cache.putIfAbsent("k", "v", Duration.ZERO)).isFalse();
        assertThat(cache.containsKey("k")).isFalse();
        assertThat(cache.estimatedSize()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void lessThanAMillisecondIsOne(Shape shape) {
        LarderCache<String, String> cache = cache(shape);

        cache.put("k", "v", Duration.ofNanos(1));
        assertLives(cache, Duration.ofMillis(1));
    }

    @ParameterizedTest
    @EnumSource
    void veryLongIsForEver(Shape shape) {
        LarderCache<String, String> cache = cache(shape);

        cache.put("k", "v", Duration.ofSeconds(Long.MAX_VALUE));
        maker.time().advance(Duration.ofDays(50_000));

        assertThat(cache.get("k")).isEqualTo("v");
    }

    @Test
    void negativeTtlIsRefusedAndChangesNothing() {
        LarderCache<String, String> cache = cache(Shape.STOCK_WRITER);
        cache.put("k", "v");
        outside.calls.clear();
        Duration negative = Duration.ofSeconds(-1);

        assertThatThrownBy(() -> cache.put("k", "w", negative))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not be negative")
                .hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> cache.putIfAbsent("n", "w", negative)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cache.touch("k", negative)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cache.invoke("k", setTtl(negative)))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);

        assertThat(cache.get("k")).isEqualTo("v");
        assertThat(outside.calls).isEmpty();
        assertLives(cache, Duration.ofSeconds(10));
    }

    private static EntryProcessor<String, String, String> setTtl(Duration ttl) {
        return (entry, arguments) -> {
            unwrap(entry).setTtl(ttl);
            return null;
        };
    }

    @SuppressWarnings("unchecked")
    private static LarderEntry<String, String> unwrap(MutableEntry<String, String> entry) {
        return entry.unwrap(LarderEntry.class);
    }

    static Stream<Arguments> processors() {
        EntryProcessor<String, String, String> sets = (entry, arguments) -> {
            entry.setValue("new");
            unwrap(entry).setTtl(TTL);
            return null;
        };
        EntryProcessor<String, String, String> setsLater = (entry, arguments) -> {
            unwrap(entry).setTtl(TTL);
            entry.setValue("new");
            return null;
        };
        EntryProcessor<String, String, String> reads = (entry, arguments) -> {
            unwrap(entry).setTtl(TTL);
            return entry.getValue();
        };
        return Stream.of(Shape.values())
                .flatMap(shape -> Stream.of(
                        Arguments.of(shape, "sets an absent value", null, sets, "new"),
                        Arguments.of(shape, "sets a present value", "old", sets, "new"),
                        Arguments.of(shape, "sets the TTL first", "old", setsLater, "new"),
                        Arguments.of(shape, "reads", "old", reads, "old"),
                        Arguments.of(shape, "only sets the TTL", "old", setTtl(TTL), "old")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("processors")
    void ttlOfAProcessorCountsFromItsReturn(
            Shape shape, String name, String old, EntryProcessor<String, String, String> processor, String left) {
        LarderCache<String, String> cache = cache(shape);
        if (old != null) {
            cache.put("k", old);
        }
        outside.calls.clear();
        maker.time().advance(Duration.ofSeconds(1));

        cache.invoke("k", processor);

        assertThat(cache.get("k")).isEqualTo(left);
        assertThat(outside.calls)
                .isEqualTo(left.equals("new") && shape.name().endsWith("WRITER") ? List.of("write k=new") : List.of());
        assertLives(cache, TTL);
    }

    @ParameterizedTest
    @EnumSource
    void ttlOfAProcessorOnNothingChangesNothing(Shape shape) {
        LarderCache<String, String> cache = cache(shape);

        cache.invoke("k", setTtl(TTL));
        cache.put("k", "v");
        cache.invoke("k", (entry, arguments) -> {
            unwrap(entry).setTtl(TTL);
            entry.remove();
            return null;
        });

        assertThat(cache.containsKey("k")).isFalse();
        assertThat(listener.lines()).containsExactly("CREATED k=v was null", "REMOVED k=v was v");
    }

    @ParameterizedTest
    @EnumSource
    void zeroTtlOfAProcessorDropsTheValue(Shape shape) {
        LarderCache<String, String> cache = cache(shape);
        cache.put("k", "v");

        cache.invoke("k", setTtl(Duration.ZERO));
        assertThat(cache.containsKey("k")).isFalse();
        assertThat(listener.lines()).containsExactly("CREATED k=v was null", "EXPIRED k=v was v");

        cache.invoke("k", (entry, arguments) -> {
            entry.setValue("new");
            unwrap(entry).setTtl(Duration.ZERO);
            return null;
        });
        assertThat(cache.containsKey("k")).isFalse();
        assertThat(listener.told()).hasSize(2);
    }

    @Test
    void lastTtlOfAProcessorCounts() {
        LarderCache<String, String> cache = cache(Shape.CUSTOM);

        cache.invoke("k", (entry, arguments) -> {
            entry.setValue("v");
            unwrap(entry).setTtl(Duration.ofDays(1));
            unwrap(entry).setTtl(TTL);
            return null;
        });

        assertLives(cache, TTL);
    }

    @Test
    void ttlOfAProcessorHoldsForWhatItLoaded() {
        LarderCache<String, String> cache =
                maker.make(CacheMaker.strings().loader(outside).expireAfterWrite(Duration.ofSeconds(10)));

        String got = cache.invoke("k", (entry, arguments) -> {
            unwrap(entry).setTtl(TTL);
            return entry.getValue();
        });

        assertThat(got).isEqualTo("loaded");
        assertLives(cache, TTL);
    }

    @Test
    void ttlOfAProcessorHoldsForWhatAnotherThreadLoadedForIt() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch processing = new CountDownLatch(1);
        LarderCache<String, String> cache = maker.make(CacheMaker.strings()
                .loader(new CacheLoader<>() {
                    @Override
                    public String load(String key) {
                        loading.countDown();
                        Parallel.await(release);
                        return "loaded";
                    }

                    @Override
                    public Map<String, String> loadAll(Iterable<? extends String> keys) {
                        return Map.of();
                    }
                })
                .expireAfterWrite(Duration.ofSeconds(10)));

        Future<String> getter = parallel.start(() -> cache.get("k"));
        Parallel.await(loading);
        Future<String> processor = parallel.start(() -> cache.invoke("k", (entry, arguments) -> {
            processing.countDown();
            unwrap(entry).setTtl(TTL);
            return entry.getValue();
        }));
        Parallel.await(processing);
        release.countDown();

        assertThat(Parallel.resultOf(processor)).isEqualTo("loaded");
        assertThat(Parallel.resultOf(getter)).isEqualTo("loaded");
        assertLives(cache, TTL);
    }

    @Test
    void accessMayMoveTheDeadlineOfAnOwnTtl() {
        CountingPolicy policy = new CountingPolicy().onAccess(CountingPolicy.seconds(7));
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().expiryPolicy(() -> policy));
        cache.put("k", "v", TTL);

        cache.get("k");

        assertLives(cache, Duration.ofSeconds(7));
    }
}
