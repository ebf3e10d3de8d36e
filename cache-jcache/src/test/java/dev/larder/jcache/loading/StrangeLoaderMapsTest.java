package dev.larder.jcache.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.fixture.Box;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What loaders return from loadAll: maps of all kinds, which are asked for the keys that were to be loaded and for nothing else. */
@Timeout(300)
class StrangeLoaderMapsTest {

    private static final Duration WINDOW = Duration.ofMillis(2);

    private final FakeTime time = new FakeTime();

    @RegisterExtension
    final TestCaches caches = TestCaches.on(time);

    @RegisterExtension
    final Crew crew = new Crew();

    /** Loads by a function of several keys, and never one by one. */
    private record BulkLoader<K>(Function<List<K>, Map<K, String>> source) implements CacheLoader<K, String> {

        @Override
        public String load(K key) {
            throw new AssertionError("not one by one");
        }

        @Override
        public Map<K, String> loadAll(Iterable<? extends K> keys) {
            List<K> all = new ArrayList<>();
            keys.forEach(all::add);
            return source.apply(all);
        }
    }

    private Cache<String, String> coalescing(CacheLoader<String, String> loader) {
        return caches.create(
                CacheSettings.builder(String.class, String.class).loader(loader).coalesceLoads(WINDOW));
    }

    private <K> List<Task<String>> readTogether(Cache<K, String> cache, List<K> keys) {
        List<Task<String>> readers = new ArrayList<>();
        keys.forEach(key -> readers.add(crew.start(() -> cache.get(key)).awaitWaiting()));
        time.advance(WINDOW);
        return readers;
    }

    private static Map<String, String> values(List<String> keys) {
        Map<String, String> values = new HashMap<>();
        keys.forEach(key -> values.put(key, "value of " + key));
        return values;
    }

    private static Arguments map(String name, Function<List<String>, Map<String, String>> source) {
        return Arguments.of(name, source);
    }

    static List<Arguments> soundMaps() {
        return List.of(
                map("of other key objects", keys -> {
                    Map<String, String> others = new HashMap<>();
                    values(keys).forEach((key, value) -> others.put(String.copyValueOf(key.toCharArray()), value));
                    return others;
                }),
                map("that cannot be changed", keys -> Map.copyOf(values(keys))),
                map("that knows no null", keys -> new ConcurrentHashMap<>(values(keys))),
                map("with more keys", keys -> {
                    Map<String, String> more = values(keys);
                    more.put("more", "value of more");
                    return more;
                }),
                map("in order", keys -> new TreeMap<>(values(keys))),
                map("for one thread", keys -> new OfOneThread(values(keys))),
                map("that is asked once", keys -> new AskedOnce(values(keys))));
    }

    /** Fails if another thread than the first asks it. */
    private static final class OfOneThread extends AbstractMap<String, String> {

        private final Thread owner = Thread.currentThread();
        private final Map<String, String> values;

        OfOneThread(Map<String, String> values) {
            this.values = values;
        }

        @Override
        public String get(Object key) {
            if (Thread.currentThread() != owner) {
                throw new IllegalStateException("a map of another thread");
            }
            return values.get(key);
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            throw new IllegalStateException("nobody needs all of it");
        }
    }

    /** Gives each value away. */
    private static final class AskedOnce extends AbstractMap<String, String> {

        private final Map<String, String> values;

        AskedOnce(Map<String, String> values) {
            this.values = values;
        }

        @Override
        public String get(Object key) {
            return values.remove(key);
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return values.entrySet();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("soundMaps")
    void eachOfABatchGetsItsOwnValue(String name, Function<List<String>, Map<String, String>> source) {
        Cache<String, String> cache = coalescing(new BulkLoader<>(source));

        List<Task<String>> readers = readTogether(cache, List.of("a", "b", "c"));

        assertThat(readers).extracting(Task::get).containsExactly("value of a", "value of b", "value of c");
        assertThat(cache.containsKey("a")).isTrue();
        assertThat(cache.containsKey("more")).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("soundMaps")
    void getAllGetsEachItsOwnValue(String name, Function<List<String>, Map<String, String>> source) {
        Cache<String, String> cache = coalescing(new BulkLoader<>(source));

        assertThat(cache.getAll(Set.of("a", "b"))).isEqualTo(Map.of("a", "value of a", "b", "value of b"));
    }

    @Test
    void nullAndNothingInTheMapAreNoValue() {
        Cache<String, String> cache = coalescing(new BulkLoader<>(keys -> {
            Map<String, String> values = values(keys);
            values.put("a", null);
            values.remove("b");
            return values;
        }));

        List<Task<String>> readers = readTogether(cache, List.of("a", "b", "c"));

        assertThat(readers).extracting(Task::get).containsExactly(null, null, "value of c");
        assertThat(cache.containsKey("a")).isFalse();
    }

    @Test
    void loaderMayTakeKeysOutOfWhatItIsHanded() {
        CacheLoader<String, String> emptying = new CacheLoader<>() {
            @Override
            public String load(String key) {
                throw new AssertionError("not one by one");
            }

            @Override
            public Map<String, String> loadAll(Iterable<? extends String> keys) {
                Map<String, String> values = new HashMap<>();
                for (Iterator<? extends String> left = keys.iterator(); left.hasNext(); left.remove()) {
                    String key = left.next();
                    values.put(key, "value of " + key);
                }
                return values;
            }
        };

        List<Task<String>> readers = readTogether(coalescing(emptying), List.of("a", "b", "c"));

        assertThat(readers).extracting(Task::get).containsExactly("value of a", "value of b", "value of c");
    }

    @Test
    void loaderMayChangeTheKeysThatItIsHanded() {
        CacheLoader<Box, String> spoiling = new BulkLoader<>(keys -> {
            Map<Box, String> values = new HashMap<>();
            for (Box key : keys) {
                values.put(new Box(key.content()), "value of " + key.content());
                key.change("spoilt");
            }
            return values;
        });
        Cache<Box, String> cache = caches.create(
                CacheSettings.builder(Box.class, String.class).loader(spoiling).coalesceLoads(WINDOW));

        List<Task<String>> readers = readTogether(cache, List.of(new Box("a"), new Box("b")));

        assertThat(readers).extracting(Task::get).containsExactly("value of a", "value of b");
        assertThat(cache.containsKey(new Box("a"))).isTrue();
        assertThat(cache.containsKey(new Box("spoilt"))).isFalse();
    }

    /** A map that cannot be asked is a failure of the loader, for each of those who wait, and for the next batch nothing. */
    @Test
    void mapThatFailsIsAFailureOfTheLoader() {
        List<Boolean> fails = new CopyOnWriteArrayList<>(List.of(true));
        Cache<String, String> cache =
                coalescing(new BulkLoader<>(keys -> fails.get(0) ? new Unaskable() : values(keys)));

        List<Task<String>> readers = readTogether(cache, List.of("a", "b"));

        assertThat(readers)
                .extracting(Task::failure)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(CacheLoaderException.class)
                        .hasMessageContaining(BulkLoader.class.getName())
                        .hasRootCauseMessage("not to be asked"));
        Task<Map<String, String>> together = crew.start(() -> cache.getAll(Set.of("a", "b")));
        assertThat(together.failure()).isInstanceOf(CacheLoaderException.class).hasRootCauseMessage("not to be asked");
        fails.set(0, false);
        assertThat(readTogether(cache, List.of("a", "b")))
                .extracting(Task::get)
                .containsExactly("value of a", "value of b");
    }

    private static final class Unaskable extends AbstractMap<String, String> {

        @Override
        public String get(Object key) {
            throw new ClassCastException("not to be asked");
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return Collections.emptySet();
        }
    }
}
