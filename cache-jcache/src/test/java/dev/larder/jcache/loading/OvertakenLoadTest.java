package dev.larder.jcache.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.HookedStore;
import dev.larder.jcache.concurrency.Stress;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.concurrency.TestLoader;
import dev.larder.jcache.concurrency.Way;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A load that is overtaken: its loader has read the source and then stays at a named point, while the source changes and
 * the cache is told.
 */
@Timeout(600)
class OvertakenLoadTest {

    @RegisterExtension
    final TestCaches caches = TestCaches.onSystemTime();

    @RegisterExtension
    final Crew crew = new Crew();

    private static final Holdup NO_HOLDUP = new Holdup();

    /** Where the current thread is held up in the store. */
    private static final ThreadLocal<Map<HookedStore.Point, Holdup>> HELD_UP = ThreadLocal.withInitial(Map::of);

    static {
        NO_HOLDUP.release();
    }

    private final AtomicReference<String> source = new AtomicReference<>("old");
    private final AtomicInteger loads = new AtomicInteger();
    private final Holdup afterReading = new Holdup();

    /** Only the first load stays; the next ones go through. */
    private final TestLoader<String, String> loader = new TestLoader<>(key -> {
        if (!key.equals("k")) {
            return null;
        }
        String read = source.get();
        if (loads.incrementAndGet() == 1) {
            afterReading.stay();
        }
        return read;
    });

    /** What overtakes the load of a key without a value. */
    @SuppressWarnings("ImmutableEnumChecker") // the calls keep nothing
    enum Overtaker {
        PUT("put", cache -> cache.put("k", "put")),
        PUT_WITH_TTL("put", cache -> cache.put("k", "put", Duration.ofHours(1))),
        GET_AND_PUT("put", cache -> cache.getAndPut("k", "put")),
        PUT_IF_ABSENT("put", cache -> cache.putIfAbsent("k", "put")),
        PUT_ALL("put", cache -> cache.putAll(Map.of("k", "put", "l", "put"))),
        INVOKE_SET(
                "put",
                cache -> cache.invoke("k", (entry, arguments) -> {
                    entry.setValue("put");
                    return null;
                })),
        REMOVE("new", cache -> cache.remove("k")),
        GET_AND_REMOVE("new", cache -> cache.getAndRemove("k")),
        REMOVE_SOME("new", cache -> cache.removeAll(Set.of("k", "l"))),
        REMOVE_ALL("new", cache -> cache.removeAll()),
        INVOKE_REMOVE(
                "new",
                cache -> cache.invoke("k", (entry, arguments) -> {
                    entry.remove();
                    return null;
                })),
        CLEAR("new", cache -> cache.clear()),
        INVALIDATE("new", cache -> cache.invalidate("k")),
        INVALIDATE_SOME("new", cache -> cache.invalidateAll(Set.of("k", "l")));

        private final String valueAfter;
        private final Consumer<LarderCache<String, String>> call;

        Overtaker(String valueAfter, Consumer<LarderCache<String, String>> call) {
            this.valueAfter = valueAfter;
            this.call = call;
        }

        String valueAfter() {
            return valueAfter;
        }

        @SuppressWarnings("unchecked") // the cache is one of strings
        void overtake(Cache<String, String> cache) {
            call.accept(cache.unwrap(LarderCache.class));
        }
    }

    static Stream<Arguments> waysCallersAndOvertakers() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(Caller.GET, Caller.GET_ALL, Caller.LOAD_ALL)
                        .flatMap(caller ->
                                Stream.of(Overtaker.values()).map(overtaker -> Arguments.of(way, caller, overtaker))));
    }

    private Cache<String, String> open(Way way) {
        return way.open(
                caches, CacheSettings.builder(String.class, String.class).loader(loader), "any");
    }

    @ParameterizedTest
    @MethodSource("waysCallersAndOvertakers")
    void getThatBeginsAfterTheChangeDoesNotGetTheOvertakenValue(Way way, Caller caller, Overtaker overtaker) {
        Cache<String, String> cache = open(way);
        Task<String> first = crew.start(() -> caller.call(cache, "k"));
        afterReading.awaitReached();
        Task<String> joined = crew.start(() -> cache.get("k")).awaitWaiting();

        source.set("new");
        overtaker.overtake(cache);
        String afterTheChange = crew.start(() -> cache.get("k")).get();
        afterReading.release();

        assertThat(afterTheChange).isEqualTo(overtaker.valueAfter);
        assertThat(joined.get()).isEqualTo("old");
        assertThat(first.get()).isEqualTo(caller == Caller.LOAD_ALL ? overtaker.valueAfter : "old");
        assertThat(cache.get("k")).isEqualTo(overtaker.valueAfter);
    }

    @ParameterizedTest
    @MethodSource("waysCallersAndOvertakers")
    void overtakenValueIsNotStored(Way way, Caller caller, Overtaker overtaker) {
        Cache<String, String> cache = open(way);
        Task<String> first = crew.start(() -> caller.call(cache, "k"));
        afterReading.awaitReached();

        source.set("new");
        overtaker.overtake(cache);
        afterReading.release();
        first.get();

        assertThat(cache.get("k")).isEqualTo(overtaker.valueAfter);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void valueThatAProcessorLoadedIsNotStoredAfterAClear(Way way) {
        Cache<String, String> cache = open(way);
        Task<String> processor = crew.start(() -> Caller.INVOKE.call(cache, "k"));
        afterReading.awaitReached();

        source.set("new");
        cache.clear();
        afterReading.release();

        assertThat(processor.get()).isEqualTo("old");
        assertThat(cache.get("k")).isEqualTo("new");
    }

    /** What overtakes the reload of a key with a value. */
    @SuppressWarnings("ImmutableEnumChecker") // the calls keep nothing
    enum Rewriter {
        PUT("put", cache -> cache.put("k", "put")),
        REPLACE("put", cache -> cache.replace("k", "put")),
        REPLACE_EXPECTED("put", cache -> cache.replace("k", "first", "put")),
        GET_AND_REPLACE("put", cache -> cache.getAndReplace("k", "put")),
        PUT_OF_AN_EQUAL_VALUE("first", cache -> cache.put("k", "first")),
        INVOKE_SET(
                "put",
                cache -> cache.invoke("k", (entry, arguments) -> {
                    entry.setValue("put");
                    return null;
                })),
        REMOVE(null, cache -> cache.remove("k")),
        REMOVE_EXPECTED(null, cache -> cache.remove("k", "first")),
        REMOVE_ALL(null, cache -> cache.removeAll()),
        CLEAR(null, cache -> cache.clear());

        private final String valueAfter;
        private final Consumer<Cache<String, String>> call;

        Rewriter(String valueAfter, Consumer<Cache<String, String>> call) {
            this.valueAfter = valueAfter;
            this.call = call;
        }
    }

    static Stream<Arguments> waysAndRewriters() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(Rewriter.values()).map(rewriter -> Arguments.of(way, rewriter)));
    }

    @ParameterizedTest
    @MethodSource("waysAndRewriters")
    void reloadThatWasOvertakenReplacesNothing(Way way, Rewriter rewriter) {
        Cache<String, String> cache = open(way);
        cache.put("k", "first");
        Task<Void> reload = crew.start(() -> {
            Caller.loadAll(cache, Set.of("k"), true);
            return null;
        });
        afterReading.awaitReached();

        rewriter.call.accept(cache);
        afterReading.release();
        reload.get();

        assertThat(cache.containsKey("k")).isEqualTo(rewriter.valueAfter != null);
        if (rewriter.valueAfter != null) {
            assertThat(cache.get("k")).isEqualTo(rewriter.valueAfter);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void reloadThatNothingOvertookReplacesTheValue(Way way) throws Exception {
        Cache<String, String> cache = open(way);
        cache.put("k", "first");
        afterReading.release();

        Caller.loadAll(cache, Set.of("k"), true);

        assertThat(cache.get("k")).isEqualTo("old");
    }

    /**
     * Somebody misses the key, is slow to say that it loads it, and by then another has loaded and stored it; that value is
     * being removed.
     */
    @ParameterizedTest
    @EnumSource(
            value = Overtaker.class,
            names = {"REMOVE", "CLEAR", "INVALIDATE"})
    void valueFoundWhileItIsBeingRemovedIsNotHandedOutAfterwards(Overtaker removal) {
        Map<HookedStore.Point, Holdup> slowReader =
                Map.of(HookedStore.Point.AFTER_READ, new Holdup(), HookedStore.Point.AFTER_LEASE, new Holdup());
        Map<HookedStore.Point, Holdup> slowRemover =
                Map.of(HookedStore.Point.BEFORE_REMOVE, new Holdup(), HookedStore.Point.BEFORE_CLEAR, new Holdup());
        Cache<String, String> cache = caches.create(CacheSettings.builder(String.class, String.class)
                .loader(new TestLoader<>(key -> source.get()))
                .store(HookedStore.with(
                        point -> HELD_UP.get().getOrDefault(point, NO_HOLDUP).stay())));
        Holdup remover = slowRemover.get(
                removal == Overtaker.CLEAR ? HookedStore.Point.BEFORE_CLEAR : HookedStore.Point.BEFORE_REMOVE);

        Task<String> reading = crew.start(() -> {
            HELD_UP.set(slowReader);
            return cache.get("k");
        });
        slowReader.get(HookedStore.Point.AFTER_READ).awaitReached();
        crew.start(() -> cache.get("k")).get();
        source.set("new");
        Task<Void> removing = crew.run(() -> {
            HELD_UP.set(slowRemover);
            removal.overtake(cache);
        });
        remover.awaitReached();
        slowReader.get(HookedStore.Point.AFTER_READ).release();
        slowReader.get(HookedStore.Point.AFTER_LEASE).awaitReached();
        remover.release();
        removing.get();
        Task<String> afterTheRemoval = crew.start(() -> cache.get("k"));

        assertThat(afterTheRemoval.get()).isEqualTo("new");
        slowReader.get(HookedStore.Point.AFTER_LEASE).release();
        assertThat(reading.get()).isEqualTo("old");
        assertThat(cache.get("k")).isEqualTo("new");
    }

    /** A clear that takes a load off its table which began after its own entries were gone, and then a removal of all. */
    @Test
    void removalOfAllAlsoOvertakesALoadThatAClearHasOvertakenTooLate() {
        Holdup afterClear = new Holdup();
        Cache<String, String> cache = caches.create(CacheSettings.builder(String.class, String.class)
                .loader(loader)
                .store(HookedStore.with(
                        point -> HELD_UP.get().getOrDefault(point, NO_HOLDUP).stay())));
        Task<Void> clearing = crew.run(() -> {
            HELD_UP.set(Map.of(HookedStore.Point.AFTER_CLEAR, afterClear));
            cache.clear();
        });
        afterClear.awaitReached();
        Task<String> reading = crew.start(() -> cache.get("k"));
        afterReading.awaitReached();
        afterClear.release();
        clearing.get();

        source.set("new");
        cache.removeAll();
        afterReading.release();

        assertThat(reading.get()).isEqualTo("old");
        assertThat(cache.get("k")).isEqualTo("new");
    }

    /** The source's version only grows. What a get returns must be as new as the last removal that returned before it. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void noReaderEverGoesBackBehindARemovalThatReturned(Way way) {
        int keys = 4;
        int rounds = Stress.rounds(3_000, 200_000);
        AtomicLongArray versions = new AtomicLongArray(keys);
        AtomicLongArray removed = new AtomicLongArray(keys);
        TestLoader<Integer, Long> versionLoader = new TestLoader<>(versions::get);
        Cache<Integer, Long> cache = way.open(
                caches, CacheSettings.builder(Integer.class, Long.class).loader(versionLoader), 99);

        crew.race(6, thread -> {
            for (int i = 0; i < rounds; i++) {
                int key = i % keys;
                if (thread < 2) {
                    long version = versions.incrementAndGet(key);
                    drop(cache, key, i);
                    removed.accumulateAndGet(key, version, Math::max);
                } else {
                    long floor = removed.get(key);
                    long read = thread % 2 == 0
                            ? cache.get(key)
                            : cache.getAll(Set.of(key, (key + 1) % keys)).get(key);
                    assertThat(read).isGreaterThanOrEqualTo(floor);
                }
            }
        });
    }

    @SuppressWarnings("unchecked") // the cache is one of these types
    private static void drop(Cache<Integer, Long> cache, int key, int round) {
        switch (round % 5) {
            case 0 -> cache.unwrap(LarderCache.class).invalidate(key);
            case 1 -> cache.removeAll(Set.of(key));
            case 2 -> cache.clear();
            case 3 -> cache.removeAll();
            default -> cache.remove(key);
        }
    }
}
