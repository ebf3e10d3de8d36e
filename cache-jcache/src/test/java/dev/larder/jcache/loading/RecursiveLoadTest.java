package dev.larder.jcache.loading;

import static dev.larder.jcache.concurrency.Crew.A_SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Stress;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.concurrency.TestLoader;
import dev.larder.jcache.concurrency.Way;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Loaders that use their cache. */
@Timeout(600)
class RecursiveLoadTest {

    @RegisterExtension
    final TestCaches caches = TestCaches.onSystemTime();

    @RegisterExtension
    final Crew crew = new Crew();

    /** What the loader does for a key; for others it has values. */
    private final Map<String, Function<String, String>> sources = new ConcurrentHashMap<>();

    private final TestLoader<String, String> loader = new TestLoader<>(
            key -> sources.getOrDefault(key, each -> "value of " + each).apply(key));

    private Cache<String, String> open(Way way) {
        Cache<String, String> cache = way.open(
                caches, CacheSettings.builder(String.class, String.class).loader(loader), "any");
        // classes are loaded now, so that a second is a second
        cache.get("warm");
        return cache;
    }

    private void assertThatItIsUsable(Cache<String, String> cache, String... keys) {
        sources.clear();
        for (String key : keys) {
            assertThat(crew.start(() -> cache.get(key)).get()).isEqualTo("value of " + key);
            crew.run(() -> cache.put(key, "put")).get();
            assertThat(crew.start(() -> Caller.INVOKE.call(cache, key)).get()).isEqualTo("put");
        }
    }

    static Stream<Arguments> waysAndTwoCallers() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(Caller.values())
                        .flatMap(outer -> Stream.of(Caller.values()).map(inner -> Arguments.of(way, outer, inner))));
    }

    private static String unchecked(Caller caller, Cache<String, String> cache, String key) {
        try {
            return caller.call(cache, key);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> waysAndTwoDirectCallers() {
        // who waits for loadAll waits for another thread, of which nobody knows that it is for this one
        return waysAndTwoCallers().filter(each -> each.get()[2] != Caller.LOAD_ALL);
    }

    @ParameterizedTest
    @MethodSource("waysAndTwoDirectCallers")
    void loaderThatAsksForTheKeyItLoadsIsReported(Way way, Caller outer, Caller inner) {
        Cache<String, String> cache = open(way);
        AtomicReference<Throwable> reported = new AtomicReference<>();
        sources.put("k", key -> {
            try {
                return unchecked(inner, cache, key);
            } catch (CacheException e) {
                reported.set(e);
                throw e;
            }
        });

        Task<String> call = crew.start(() -> outer.call(cache, "k"));

        assertThat(call.failure(A_SECOND)).hasStackTraceContaining(cache.getName());
        assertThat(reported.get()).isInstanceOf(CacheException.class);
        if (inner != Caller.INVOKE) {
            assertThat(reported.get())
                    .isInstanceOf(CacheLoaderException.class)
                    .hasMessageMatching(".* asked the cache for key .*k while loading it;.*");
        }
        assertThatItIsUsable(cache, "k");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void loadersThatNeedEachOthersKeysAreReported(Way way) {
        Cache<String, String> cache = open(way);
        sources.put("a", key -> cache.get("b"));
        sources.put("b", key -> cache.get("a"));

        Task<String> call = crew.start(() -> cache.get("a"));

        assertThat(call.failure(A_SECOND)).isInstanceOf(CacheLoaderException.class);
        assertThatItIsUsable(cache, "a", "b");
    }

    @ParameterizedTest
    @MethodSource("waysAndTwoDirectCallers")
    void loadersThatNeedEachOthersKeysOnTwoThreadsAreReported(Way way, Caller outer, Caller inner) {
        Cache<String, String> cache = open(way);
        CyclicBarrier bothLoad = new CyclicBarrier(2);
        AtomicBoolean isMet = new AtomicBoolean();
        sources.put("a", key -> {
            meet(bothLoad, isMet);
            return unchecked(inner, cache, "b");
        });
        sources.put("b", key -> {
            meet(bothLoad, isMet);
            return unchecked(inner, cache, "a");
        });

        Task<String> a = crew.start(() -> outer.call(cache, "a"));
        Task<String> b = crew.start(() -> outer.call(cache, "b"));

        assertThat(Stream.of(a.failure(A_SECOND), b.failure(A_SECOND)))
                .as("failures")
                .anyMatch(failure -> failure != null);
        assertThatItIsUsable(cache, "a", "b");
    }

    /** Waits for the other the first time; a load that is tried again later meets nobody. */
    private static void meet(CyclicBarrier barrier, AtomicBoolean isMet) {
        if (!isMet.get()) {
            Crew.await(barrier);
            isMet.set(true);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void circleOfThreeLoadsInTwoCachesIsReported(Way way) {
        Cache<String, String> cache = open(way);
        Cache<String, String> second = open(way);
        CyclicBarrier allLoad = new CyclicBarrier(3);
        AtomicBoolean isMet = new AtomicBoolean();
        sources.put("a", key -> {
            meet(allLoad, isMet);
            return cache.get("b");
        });
        sources.put("b", key -> {
            meet(allLoad, isMet);
            return second.get("c");
        });
        sources.put("c", key -> {
            meet(allLoad, isMet);
            return cache.get("a");
        });

        Task<String> a = crew.start(() -> cache.get("a"));
        Task<String> b = crew.start(() -> cache.get("b"));
        Task<String> c = crew.start(() -> second.get("c"));

        assertThat(Stream.of(a, b, c).map(each -> each.failure(A_SECOND)))
                .as("failures")
                .anyMatch(failure -> failure instanceof CacheLoaderException);
        assertThatItIsUsable(cache, "a", "b");
        assertThatItIsUsable(second, "c");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void loaderMayReadOtherKeys(Way way) {
        Cache<String, String> cache = open(way);
        sources.put("whole", key -> cache.get("part") + ", " + cache.getAll(Set.of("rest")));

        assertThat(cache.get("whole")).isEqualTo("value of part, {rest=value of rest}");
        assertThat(cache.containsKey("part")).isTrue();
        assertThat(cache.containsKey("whole")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void loaderThatPutsItsKeyHasOvertakenItself(Way way) {
        Cache<String, String> cache = open(way);
        sources.put("k", key -> {
            cache.put(key, "put");
            return "loaded";
        });

        assertThat(crew.start(() -> cache.get("k")).get()).isEqualTo("loaded");
        assertThat(cache.get("k")).isEqualTo("put");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void bulkLoadsOfTheSameKeysInOppositeOrdersAreNoCircle(Way way) {
        Cache<String, String> cache = open(way);
        Set<String> keys = Set.of("a", "b", "c", "d");
        Set<String> backwards = new java.util.LinkedHashSet<>(
                keys.stream().sorted(java.util.Comparator.reverseOrder()).toList());
        Set<String> forwards =
                new java.util.LinkedHashSet<>(keys.stream().sorted().toList());

        for (int i = 0; i < Stress.rounds(200, 20_000); i++) {
            crew.race(
                    2,
                    thread -> assertThat(cache.getAll(thread == 0 ? forwards : backwards))
                            .hasSize(4));
            cache.clear();
        }
    }
}
