package dev.larder.jcache.loading;

import static dev.larder.jcache.loading.BackgroundLoads.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.concurrency.TestLoader;
import dev.larder.jcache.concurrency.Way;
import dev.larder.jcache.loading.OvertakenLoadTest.Overtaker;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.integration.CacheLoaderException;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code negativeTtl} and {@code exceptionTtl}. */
@Timeout(600)
class RememberedLoadTest {

    private static final Duration NEGATIVE = Duration.ofSeconds(10);
    private static final Duration EXCEPTION = Duration.ofSeconds(3);
    private static final String NOTHING = "nothing";
    private static final String FAILURE = "failure";

    private final FakeTime time = new FakeTime();

    @RegisterExtension
    final TestCaches caches = TestCaches.on(time);

    @RegisterExtension
    final Crew crew = new Crew();

    private final AtomicReference<String> source = new AtomicReference<>(NOTHING);
    private volatile Holdup afterReading = new Holdup();

    private final TestLoader<String, String> loader = new TestLoader<>(key -> {
        String read = source.get();
        afterReading.stay();
        if (read.equals(FAILURE)) {
            throw new IllegalStateException("the source is down");
        }
        return read.equals(NOTHING) ? null : read;
    });

    private Cache<String, String> open(Way way) {
        return way.open(
                caches,
                CacheSettings.builder(String.class, String.class)
                        .loader(loader)
                        .negativeTtl(NEGATIVE)
                        .exceptionTtl(EXCEPTION),
                "any");
    }

    private Cache<String, String> openWithFreeLoader(Way way) {
        afterReading.release();
        return open(way);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void loaderIsNotAskedAgainForWhatItHadNoValueForUntilTheNegativeTtlEnds(Way way) throws Exception {
        Cache<String, String> cache = openWithFreeLoader(way);

        assertThat(cache.get("k")).isNull();
        source.set("new");
        time.advance(NEGATIVE.minusMillis(1));

        for (Caller caller : Caller.values()) {
            assertThat(caller.call(cache, "k")).isNull();
        }
        assertThat(loader.loads("k")).isEqualTo(1);
        time.advance(Duration.ofMillis(1));
        assertThat(cache.get("k")).isEqualTo("new");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whateverFoundNothingIsRemembered(Way way) throws Exception {
        Cache<String, String> cache = openWithFreeLoader(way);

        for (Caller caller : Caller.values()) {
            String key = "by " + caller;
            caller.call(cache, key);
            caller.call(cache, key);
            assertThat(loader.loads(key)).as(key).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatIsRememberedIsNoValueForAnyOperation(Way way) {
        Cache<String, String> cache = openWithFreeLoader(way);
        cache.get("k");

        assertThat(cache.containsKey("k")).isFalse();
        assertThat(cache).isEmpty();
        assertThat(cache.getAll(Set.of("k"))).isEmpty();
        assertThat(cache.remove("k")).isFalse();
        cache.get("k");
        assertThat(cache.replace("k", "v")).isFalse();
        assertThat(cache.getAndRemove("k")).isNull();
        cache.get("k");
        assertThat(cache.<Boolean>invoke("k", (entry, arguments) -> entry.exists()))
                .isFalse();
        assertThat(cache.putIfAbsent("k", "v")).isTrue();
        assertThat(cache.get("k")).isEqualTo("v");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void failureIsThrownAnewUntilTheExceptionTtlEnds(Way way) {
        Cache<String, String> cache = openWithFreeLoader(way);
        source.set(FAILURE);

        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(CacheLoaderException.class);
        source.set("new");
        time.advance(EXCEPTION.minusMillis(1));

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessage(
                        "cache \"%s\": loader %s failed 2999 ms ago, and is not asked again yet (exceptionTtl)",
                        cache.getName(), TestLoader.class.getName())
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the source is down");
        assertThatThrownBy(() -> cache.getAll(Set.of("k", "l"))).isInstanceOf(CacheLoaderException.class);
        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> entry.getValue()))
                .isInstanceOf(EntryProcessorException.class)
                .hasCauseInstanceOf(CacheLoaderException.class);
        assertThat(loader.loads("k")).isEqualTo(1);
        time.advance(Duration.ofMillis(1));
        assertThat(cache.get("k")).isEqualTo("new");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void eachCallerGetsAnExceptionOfItsOwn(Way way) {
        Cache<String, String> cache = openWithFreeLoader(way);
        source.set(FAILURE);
        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(CacheLoaderException.class);

        Throwable first = crew.start(() -> cache.get("k")).failure();
        Throwable second = crew.start(() -> cache.get("k")).failure();

        assertThat(first).isNotSameAs(second).hasCause(second.getCause());
    }

    @Test
    void errorIsNotRemembered() {
        TestLoader<String, String> fragile = new TestLoader<>(key -> {
            throw new OutOfMemoryError("of this caller");
        });
        Cache<String, String> cache = caches.create(CacheSettings.builder(String.class, String.class)
                .loader(fragile)
                .exceptionTtl(EXCEPTION));

        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void failureOfAnInterruptedCallerIsNotRemembered() {
        TestLoader<String, String> interrupted = new TestLoader<>(key -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        });
        Cache<String, String> cache = caches.create(CacheSettings.builder(String.class, String.class)
                .loader(interrupted)
                .exceptionTtl(EXCEPTION));

        assertThat(crew.start(() -> cache.get("k")).failure()).hasMessageContaining("failed");
        assertThat(crew.start(() -> cache.get("k")).failure()).hasMessageContaining("failed");
        assertThat(interrupted.loads("k")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void reloadAsksTheLoaderWhateverIsRemembered(Way way) throws Exception {
        Cache<String, String> cache = openWithFreeLoader(way);
        cache.get("k");
        source.set("new");

        Caller.loadAll(cache, Set.of("k"), true);

        assertThat(cache.get("k")).isEqualTo("new");
    }

    @Test
    void valueThatWasLoadedEndsWhatWasRememberedBefore() throws Exception {
        afterReading.release();
        Cache<String, String> cache = caches.create(CacheSettings.builder(String.class, String.class)
                .loader(loader)
                .expireAfterWrite(Duration.ofSeconds(1))
                .negativeTtl(NEGATIVE));
        cache.get("k");
        source.set("new");
        Caller.loadAll(cache, Set.of("k"), true);

        time.advance(Duration.ofSeconds(2));

        assertThat(cache.get("k")).isEqualTo("new");
    }

    static Stream<Arguments> waysAndOvertakers() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(Overtaker.values()).map(overtaker -> Arguments.of(way, overtaker)));
    }

    @ParameterizedTest
    @MethodSource("waysAndOvertakers")
    void eachChangeOfAKeyEndsWhatIsRememberedOfIt(Way way, Overtaker overtaker) {
        Cache<String, String> cache = openWithFreeLoader(way);
        cache.get("k");
        source.set("new");

        overtaker.overtake(cache);

        assertThat(cache.get("k")).isEqualTo(overtaker.valueAfter());
    }

    @ParameterizedTest
    @MethodSource("waysAndOvertakers")
    void absenceThatWasReadBeforeAChangeIsNotRemembered(Way way, Overtaker overtaker) {
        Cache<String, String> cache = open(way);
        Task<String> first = crew.start(() -> cache.get("k"));
        afterReading.awaitReached();

        source.set("new");
        overtaker.overtake(cache);
        afterReading.release();

        assertThat(first.get()).isNull();
        assertThat(cache.get("k")).isEqualTo(overtaker.valueAfter());
    }

    /** A put hides what is remembered; so it is looked at when the value has expired. */
    @Test
    void absenceThatWasReadBeforeAPutIsNotRememberedWhenTheValueIsGone() {
        Cache<String, String> cache = caches.create(CacheSettings.builder(String.class, String.class)
                .loader(loader)
                .expireAfterWrite(Duration.ofSeconds(1))
                .negativeTtl(NEGATIVE));
        Task<String> first = crew.start(() -> cache.get("k"));
        afterReading.awaitReached();

        source.set("new");
        cache.put("k", "put");
        afterReading.release();

        assertThat(first.get()).isNull();
        time.advance(Duration.ofSeconds(2));
        assertThat(cache.get("k")).isEqualTo("new");
    }

    @ParameterizedTest
    @MethodSource("waysAndOvertakers")
    void absenceThatGetAllReadBeforeAChangeIsNotRemembered(Way way, Overtaker overtaker) {
        Cache<String, String> cache = open(way);
        Task<Map<String, String>> first = crew.start(() -> cache.getAll(Set.of("k")));
        afterReading.awaitReached();

        source.set("new");
        overtaker.overtake(cache);
        afterReading.release();

        assertThat(first.get()).isEmpty();
        assertThat(cache.get("k")).isEqualTo(overtaker.valueAfter());
    }

    @ParameterizedTest
    @MethodSource("waysAndOvertakers")
    void failureBeforeAChangeIsNotRemembered(Way way, Overtaker overtaker) {
        Cache<String, String> cache = open(way);
        source.set(FAILURE);
        Task<String> first = crew.start(() -> cache.get("k"));
        afterReading.awaitReached();

        source.set("new");
        overtaker.overtake(cache);
        afterReading.release();

        assertThat(first.failure()).isInstanceOf(CacheLoaderException.class);
        assertThat(cache.get("k")).isEqualTo(overtaker.valueAfter());
    }

    /** Nor while a load is under way that began after the change: whoever asks then is to have what that one brings. */
    @ParameterizedTest
    @ValueSource(strings = {NOTHING, FAILURE})
    void whatWasReadBeforeAChangeIsNotRememberedWhileALaterLoadIsUnderWay(String before) {
        Cache<String, String> cache = open(Way.DIRECT);
        source.set(before);
        Holdup first = afterReading;
        Task<String> early = crew.start(() -> cache.get("k"));
        first.awaitReached();
        source.set("new");
        cache.remove("k");
        Holdup second = new Holdup();
        afterReading = second;
        Task<String> later = crew.start(() -> cache.get("k"));
        second.awaitReached();

        first.release();
        eventually(() -> assertThat(early.isDone()).isTrue());
        Task<String> last = crew.start(() -> cache.get("k")).awaitWaiting();
        second.release();

        assertThat(last.get()).isEqualTo("new");
        assertThat(later.get()).isEqualTo("new");
    }

    @Test
    void whatWasLoadedIsNotLoadedAgainBeforeItIsStored() {
        AtomicReference<Cache<String, String>> cache = new AtomicReference<>();
        AtomicReference<String> meanwhile = new AtomicReference<>();
        PointedHeap store = PointedHeap.at(
                "before write(PUT",
                () -> meanwhile.set(crew.start(() -> cache.get().get("k")).get()));
        afterReading.release();
        cache.set(caches.create(CacheSettings.builder(String.class, String.class)
                .store(store)
                .loader(loader)
                .negativeTtl(NEGATIVE)));
        source.set("new");
        store.arm();

        assertThat(cache.get().get("k")).isEqualTo("new");

        assertThat(meanwhile).hasValue("new");
        assertThat(loader.loads("k")).isEqualTo(1);
    }

    @Test
    void settingThatNeedsALoaderIsRefusedWithoutOne() {
        assertThatThrownBy(() -> caches.create(
                        CacheSettings.builder(String.class, String.class).negativeTtl(NEGATIVE)))
                .hasMessageMatching(
                        "cache \"cache-\\d+\": negativeTtl PT10S needs a loader; set one, or leave negativeTtl out");
        assertThatThrownBy(() -> caches.create(
                        CacheSettings.builder(String.class, String.class).exceptionTtl(EXCEPTION)))
                .hasMessageEndingWith("exceptionTtl PT3S needs a loader; set one, or leave exceptionTtl out");
    }
}
