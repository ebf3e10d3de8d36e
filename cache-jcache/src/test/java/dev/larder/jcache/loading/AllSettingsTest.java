package dev.larder.jcache.loading;

import static dev.larder.jcache.loading.BackgroundLoads.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.Loaded;
import dev.larder.jcache.LoaderWithMetadata;
import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.fixture.Beans;
import dev.larder.jcache.fixture.RecordingListener;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.EventType;
import javax.cache.integration.CacheLoaderException;
import javax.cache.management.CacheStatisticsMXBean;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cache with all settings of loads at once, a listener and statistics; and loaders that decide on odd things. */
@Timeout(300)
class AllSettingsTest {

    private static final Duration TTL = Duration.ofSeconds(100);
    private static final Duration SOFT = Duration.ofMillis(20);
    private static final Duration HARD = Duration.ofMillis(50);

    private final FakeTime time = new FakeTime();
    private final ScriptedSource source = new ScriptedSource();
    private final RecordingListener<String, String> listener = new RecordingListener<>();
    private volatile Loaded<String> decision = Loaded.of("");

    private final LoaderWithMetadata<String, String> loader = key -> {
        String value = source.loader().load(key);
        return value == null ? null : decision.withValue(value);
    };

    @RegisterExtension
    final TestCaches caches = TestCaches.on(time);

    @RegisterExtension
    final Crew crew = new Crew();

    private CacheSettings.Builder<String, String> settings() {
        return CacheSettings.builder(String.class, String.class)
                .loader(loader)
                .expireAfterWrite(TTL)
                .jitter(0.1)
                .negativeTtl(Duration.ofSeconds(5))
                .exceptionTtl(Duration.ofSeconds(1))
                .staleWhileRevalidate(Duration.ofSeconds(10))
                .staleIfError(Duration.ofSeconds(60))
                .staleIfErrorBackoff(Duration.ofSeconds(2))
                .softTimeout(SOFT)
                .hardTimeout(HARD)
                .refreshAhead(0.8)
                .maxLoads(4)
                .statistics(true);
    }

    private LarderCache<String, String> open() {
        LarderCache<String, String> cache = LarderCache.of(caches.create(settings()));
        cache.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
                new FactoryBuilder.SingletonFactory<>(listener), null, true, true));
        return cache;
    }

    private CacheStatisticsMXBean statistics(LarderCache<?, ?> cache) {
        return Beans.statistics(cache);
    }

    @Test
    void renewalsInTheBackgroundAreUpdatesAndCountNothing() {
        LarderCache<String, String> cache = open();
        cache.get("k");
        source.set("new");
        time.advance(Duration.ofSeconds(89));

        assertThat(cache.get("k")).isEqualTo("old");
        BackgroundLoads.awaitDone();

        assertThat(cache.get("k")).isEqualTo("new");
        assertThat(listener.told())
                .extracting(RecordingListener.Told::toString)
                .containsExactly("CREATED k=old was null", "UPDATED k=new was old");
        assertThat(statistics(cache).getCacheHits()).isEqualTo(2);
        assertThat(statistics(cache).getCacheMisses()).isEqualTo(1);
        assertThat(statistics(cache).getCachePuts()).isZero();
    }

    @Test
    void slowSourceThenFailingSourceThenNoSourceShowTheOldValueThenTheFailureThenNothing() {
        LarderCache<String, String> cache = open();
        cache.get("k");
        time.advance(TTL.plusSeconds(10));
        Holdup atSource = source.holdUp();
        Task<String> slow = crew.start(() -> cache.get("k")).awaitWaiting();
        atSource.awaitReached();
        time.advance(SOFT);
        assertThat(slow.get()).isEqualTo("old");
        assertThat(cache.get("k")).as("at once, while it is late").isEqualTo("old");

        source.fail();
        source.holdUp().release();
        cache.invalidateTag("any");
        assertThat(cache.get("k")).as("no tag of it").isEqualTo("old");
        atSource.release();
        BackgroundLoads.awaitDone();

        cache.remove("k");
        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(CacheLoaderException.class);
        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> entry.getValue()))
                .isInstanceOf(EntryProcessorException.class)
                .hasStackTraceContaining("exceptionTtl");
        assertThat(cache.containsKey("k")).isFalse();
        assertThat(cache.iterator()).isExhausted();
        source.recover();
        source.set(null);
        time.advance(Duration.ofSeconds(1));
        assertThat(cache.get("k")).isNull();
        source.set("there");
        assertThat(cache.<Boolean>invoke("k", (entry, arguments) -> entry.exists() || entry.getValue() != null))
                .isFalse();
        assertThat(cache.iterator()).isExhausted();
        assertThat(cache.putIfAbsent("k", "put")).isTrue();
        assertThat(cache.get("k")).isEqualTo("put");
    }

    /** The processor decides without the loader, which had nothing; and what it puts ends that memory. */
    @Test
    void processorSetsAKeyThatTheSourceHasNothingFor() {
        LarderCache<String, String> cache = open();
        source.set(null);
        cache.get("k");
        int loads = source.loads();

        cache.invoke("k", (entry, arguments) -> {
            assertThat(entry.getValue()).isNull();
            entry.setValue("set");
            return null;
        });

        assertThat(source.loads()).isEqualTo(loads);
        assertThat(cache.get("k")).isEqualTo("set");
        cache.remove("k");
        source.set("there");
        assertThat(cache.get("k")).isEqualTo("there");
        assertThat(listener.told())
                .extracting(RecordingListener.Told::type)
                .containsExactly(EventType.CREATED, EventType.REMOVED, EventType.CREATED);
    }

    @Test
    void hugeTtlOfALoaderNeverEndsAndSmallestOneIsAMillisecond() {
        LarderCache<String, String> cache = open();
        for (Duration huge : Set.of(
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofMillis(Long.MAX_VALUE - 1),
                Duration.ofDays(200_000_000))) {
            decision = Loaded.of("").withTtl(huge);
            cache.remove("k");
            assertThat(cache.get("k")).isEqualTo("old");
            int loads = source.loads();
            time.advance(Duration.ofDays(365));
            assertThat(cache.get("k")).isEqualTo("old");
            BackgroundLoads.awaitDone();
            assertThat(source.loads()).as("%s", huge).isEqualTo(loads);
        }

        decision = Loaded.of("").withTtl(Duration.ofNanos(1));
        cache.remove("k");
        cache.get("k");
        time.advance(Duration.ofMillis(1).plusSeconds(60));
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void loaderThatDecidesOnWhatIsNotAllowedHasFailedAndThatIsRememberedToo() {
        LoaderWithMetadata<String, String> wrong = key -> key.startsWith("negative")
                ? Loaded.of("v").withTtl(Duration.ofMillis(-1))
                : Loaded.of("v").withTags(tags(65));
        LarderCache<String, String> cache =
                LarderCache.of(caches.create(settings().loader(wrong)));

        for (String key : Set.of("negative", "too many tags")) {
            assertThatThrownBy(() -> cache.get(key))
                    .isInstanceOf(CacheLoaderException.class)
                    .hasRootCauseInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> cache.get(key)).hasMessageContaining("exceptionTtl");
            assertThat(cache.containsKey(key)).isFalse();
        }
        assertThatThrownBy(() -> cache.getAll(Set.of("negative 2", "negative 3")))
                .isInstanceOf(CacheLoaderException.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    private static Set<String> tags(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> i + "x".repeat(256 - String.valueOf(i).length()))
                .collect(Collectors.toSet());
    }

    @Test
    void eachOfAsManyTagsAsThereMayBeEndsTheEntry() {
        LarderCache<String, String> cache = open();
        decision = Loaded.of("").withTags(tags(64));
        int told = 0;
        for (String tag : tags(64)) {
            cache.get("k");
            cache.invalidateTag(tag);
            assertThat(cache.containsKey("k")).isFalse();
            assertThat(cache.iterator()).isExhausted();
            told++;
        }

        assertThat(listener.told())
                .hasSize(told)
                .extracting(RecordingListener.Told::type)
                .containsOnly(EventType.CREATED);
    }

    @Test
    void loaderMayClearRemoveAndInvalidateInItsOwnCacheAndHasOvertakenItself() {
        Map<String, Consumer<LarderCache<String, String>>> changes = Map.of(
                "clear",
                LarderCache::clear,
                "removeAll",
                LarderCache::removeAll,
                "invalidate",
                cache -> cache.invalidate("invalidate"),
                "invalidateTag",
                cache -> cache.invalidateTag("tag"));
        AtomicReference<LarderCache<String, String>> self = new AtomicReference<>();
        LoaderWithMetadata<String, String> changing = key -> {
            changes.get(key).accept(self.get());
            return Loaded.of("v").withTags("tag");
        };
        LarderCache<String, String> cache =
                LarderCache.of(caches.create(settings().loader(changing)));
        self.set(cache);

        changes.keySet().forEach(key -> {
            assertThat(cache.get(key)).isEqualTo("v");
            BackgroundLoads.awaitDone();
            assertThat(cache.containsKey(key)).as(key).isFalse();
        });
    }

    @Test
    void closingFreesWhoeverWaitsAndNothingIsLoadedAfterIt() {
        LarderCache<String, String> cache = open();
        Holdup atSource = source.holdUp();
        Task<String> loading = crew.start(() -> cache.get("k")).awaitWaiting();
        atSource.awaitReached();
        Task<String> joining = crew.start(() -> cache.get("k")).awaitWaiting();

        cache.close();

        assertThat(loading.failure()).isNotNull();
        assertThat(joining.failure()).isNotNull();
        atSource.release();
        eventually(() -> assertThatThrownBy(() -> cache.get("k")).isInstanceOf(IllegalStateException.class));
        BackgroundLoads.awaitDone();
    }
}
