package dev.larder.jcache.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.Stress;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.concurrency.TestLoader;
import dev.larder.jcache.concurrency.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(600)
class SingleFlightTest {

    private static final int THREADS = 64;

    private static final List<Caller> CALLERS = List.of(Caller.values());

    @RegisterExtension
    final TestCaches caches = TestCaches.onSystemTime();

    @RegisterExtension
    final Crew crew = new Crew();

    private Cache<String, String> open(Way way, TestLoader<String, String> loader) {
        return way.open(
                caches, CacheSettings.builder(String.class, String.class).loader(loader), "any");
    }

    static Stream<Arguments> waysAndFirstCallers() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(Caller.values()).map(first -> Arguments.of(way, first)));
    }

    @ParameterizedTest
    @MethodSource("waysAndFirstCallers")
    void loadIsSharedByAllThatMissTheKeyMeanwhile(Way way, Caller first) {
        Holdup atSource = new Holdup();
        TestLoader<String, String> loader = new TestLoader<>(key -> {
            if (key.equals("k")) {
                atSource.stay();
            }
            return "value of " + key;
        });
        Cache<String, String> cache = open(way, loader);

        List<Task<String>> callers = new ArrayList<>();
        callers.add(crew.start(() -> first.call(cache, "k")));
        atSource.awaitReached();
        for (int i = 1; i < THREADS; i++) {
            Caller next = CALLERS.get(i % CALLERS.size());
            callers.add(crew.start(() -> next.call(cache, "k")));
        }
        callers.forEach(Task::awaitWaiting);
        atSource.release();

        assertThat(callers).extracting(Task::get).containsOnly("value of k");
        assertThat(loader.loads("k")).isEqualTo(1);
        assertThat(cache.containsKey("k")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void eachKeyIsLoadedOnceHoweverManyThreadsMissItInWhateverWay(Way way) {
        TestLoader<String, String> loader = new TestLoader<>(key -> "value of " + key);
        Cache<String, String> cache = open(way, loader);
        int keys = Stress.rounds(200, 20_000);

        crew.race(THREADS, thread -> {
            Random random = new Random(thread % 4);
            for (int i = 0; i < keys; i++) {
                int n = random.nextInt(keys);
                String key = "k" + n;
                if (thread % 3 == 0) {
                    assertThat(cache.get(key)).isEqualTo("value of " + key);
                } else if (thread % 3 == 1) {
                    Set<String> some = IntStream.range(n, n + 5)
                            .mapToObj(each -> "k" + each)
                            .collect(Collectors.toSet());
                    assertThat(cache.getAll(some)).hasSize(5).containsEntry(key, "value of " + key);
                } else if (thread % 2 == 0 || i % 50 != 0) {
                    assertThat(Caller.INVOKE.call(cache, key)).isEqualTo("value of " + key);
                } else {
                    Caller.loadAll(cache, Set.of(key), false);
                }
            }
        });

        assertThat(loader.loads()).isNotEmpty();
        assertThat(loader.loads().entrySet())
                .filteredOn(each -> each.getValue() != 1)
                .as("keys that were loaded more than once")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void loadOfAProcessorIsSharedUntilTheProcessorIsDone(Way way) {
        TestLoader<String, String> loader = new TestLoader<>(key -> "value of " + key);
        Cache<String, String> cache = open(way, loader);
        Holdup afterLoad = new Holdup();

        Task<String> processor = crew.start(() -> cache.invoke("k", (entry, arguments) -> {
            String value = entry.getValue();
            afterLoad.stay();
            return value;
        }));
        afterLoad.awaitReached();
        Map<String, String> meanwhile =
                crew.start(() -> cache.getAll(Set.of("k"))).get();
        String read = crew.start(() -> cache.get("k")).get();
        afterLoad.release();

        assertThat(processor.get()).isEqualTo("value of k");
        assertThat(meanwhile).containsEntry("k", "value of k");
        assertThat(read).isEqualTo("value of k");
        assertThat(cache.get("k")).isEqualTo("value of k");
        assertThat(loader.loads("k")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void loadedValueIsStoredByWhoeverLoadsIt(Way way) throws Exception {
        TestLoader<String, String> loader = new TestLoader<>(key -> "value of " + key);
        Cache<String, String> cache = open(way, loader);

        for (Caller caller : Caller.values()) {
            caller.call(cache, "by " + caller);
            caller.call(cache, "by " + caller);
            assertThat(cache.containsKey("by " + caller)).isTrue();
        }

        assertThat(loader.loads().values()).containsOnly(1);
    }
}
