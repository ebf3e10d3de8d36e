package dev.larder.jcache.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.Box;
import dev.larder.jcache.fixture.CacheMaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(300)
class StoreByValueTest {

    private static final Box KEY = new Box("k");

    private final CacheMaker maker = new CacheMaker();

    @AfterEach
    void close() {
        maker.close();
    }

    private static CacheSettings.Builder<Box, Box> boxes() {
        return CacheSettings.builder(Box.class, Box.class);
    }

    static Stream<Arguments> waysIn() {
        return Stream.of(
                wayIn("put", (cache, key, value) -> cache.put(key, value)),
                wayIn("put with a TTL", (cache, key, value) -> cache.put(key, value, Duration.ofDays(1))),
                wayIn("getAndPut", (cache, key, value) -> cache.getAndPut(key, value)),
                wayIn("putAll", (cache, key, value) -> cache.putAll(Map.of(key, value))),
                wayIn("putIfAbsent", (cache, key, value) -> cache.putIfAbsent(key, value)),
                wayIn(
                        "putIfAbsent with a TTL",
                        (cache, key, value) -> cache.putIfAbsent(key, value, Duration.ofDays(1))),
                wayIn("replace", (cache, key, value) -> {
                    cache.put(key, new Box("old"));
                    cache.replace(key, value);
                }),
                wayIn("replace of a value", (cache, key, value) -> {
                    cache.put(key, new Box("old"));
                    cache.replace(key, new Box("old"), value);
                }),
                wayIn("getAndReplace", (cache, key, value) -> {
                    cache.put(key, new Box("old"));
                    cache.getAndReplace(key, value);
                }),
                wayIn(
                        "invoke",
                        (cache, key, value) -> cache.invoke(key, (entry, arguments) -> {
                            entry.setValue(value);
                            return null;
                        })),
                wayIn(
                        "a processor that breaks its key",
                        (cache, key, value) -> cache.invoke(key, (entry, arguments) -> {
                            entry.getKey().change("broken");
                            entry.setValue(value);
                            return null;
                        })),
                wayIn(
                        "invokeAll",
                        (cache, key, value) -> cache.invokeAll(Set.of(key), (entry, arguments) -> {
                            entry.setValue(value);
                            return null;
                        })));
    }

    /** A way for a key and a value into a cache. */
    @FunctionalInterface
    interface WayIn {
        void go(LarderCache<Box, Box> cache, Box key, Box value);
    }

    private static Arguments wayIn(String name, WayIn way) {
        return Arguments.of(name, way);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysIn")
    void whatTheCallerKeepsIsNotWhatTheCacheHolds(String name, WayIn way) {
        LarderCache<Box, Box> cache = maker.make(boxes());
        Box key = new Box("k");
        Box value = new Box("v");

        way.go(cache, key, value);
        key.change("broken");
        value.change("broken");

        Box handedOut = cache.get(KEY);
        assertThat(handedOut).as(name).isEqualTo(new Box("v"));
        handedOut.change("broken");
        assertThat(cache.get(KEY)).as(name).isEqualTo(new Box("v"));
        assertThat(cache.containsKey(new Box("broken"))).isFalse();
        assertThat(cache.iterator().next().getKey()).isEqualTo(KEY);
    }

    static Stream<Arguments> waysOut() {
        return Stream.of(
                wayOut("get", cache -> List.of(cache.get(KEY))),
                wayOut("getAll", cache -> cache.getAll(Set.of(KEY)).values()),
                wayOut("getAndPut", cache -> List.of(cache.getAndPut(KEY, new Box("v")))),
                wayOut("iterator", cache -> {
                    Cache.Entry<Box, Box> entry = cache.iterator().next();
                    return List.of(entry.getKey(), entry.getValue());
                }),
                wayOut(
                        "invoke",
                        cache -> cache.invoke(KEY, (entry, arguments) -> List.of(entry.getKey(), entry.getValue()))),
                wayOut("a processor that changes what it has", cache -> {
                    cache.invoke(KEY, (entry, arguments) -> {
                        entry.getValue().change("broken");
                        entry.getKey().change("broken");
                        return null;
                    });
                    return List.of();
                }),
                wayOut(
                        "a processor that keeps what it set",
                        cache -> cache.invoke(KEY, (entry, arguments) -> {
                            Box set = new Box("v");
                            entry.setValue(set);
                            return List.of(set, entry.getValue(), entry.getKey());
                        })));
    }

    private static Arguments wayOut(String name, Function<LarderCache<Box, Box>, Collection<Box>> way) {
        return Arguments.of(name, way);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysOut")
    void whatTheCallerGetsIsNotWhatTheCacheHolds(String name, Function<LarderCache<Box, Box>, Collection<Box>> way) {
        LarderCache<Box, Box> cache = maker.make(boxes());
        cache.put(KEY, new Box("v"));

        way.apply(cache).forEach(got -> got.change("broken"));

        assertThat(cache.get(KEY)).as(name).isEqualTo(new Box("v"));
        assertThat(cache.containsKey(KEY)).isTrue();
        assertThat(cache.iterator().next().getKey()).isEqualTo(KEY);
        // its lock and its place are still to be found
        boolean exists = cache.invoke(KEY, (entry, arguments) -> entry.exists());
        assertThat(exists).isTrue();
        assertThat(cache.remove(KEY)).isTrue();
        KEY.change("k");
    }

    @Test
    void valuesThatWereReplacedAreTheCallersOwn() {
        LarderCache<Box, Box> cache = maker.make(boxes());
        Box first = new Box("1");
        cache.put(KEY, first);

        assertThat(cache.getAndPut(KEY, new Box("2"))).isEqualTo(new Box("1")).isNotSameAs(first);
        assertThat(cache.getAndReplace(KEY, new Box("3"))).isEqualTo(new Box("2"));
        assertThat(cache.getAndRemove(KEY)).isEqualTo(new Box("3"));
    }

    @Test
    void iteratorRemovesTheEntryThatItGaveWhateverBecameOfItsKey() {
        LarderCache<Box, Box> cache = maker.make(boxes());
        cache.put(KEY, new Box("v"));
        var iterator = cache.iterator();

        iterator.next().getKey().change("broken");
        iterator.remove();

        assertThat(cache.containsKey(KEY)).isFalse();
    }

    /** Keeps what it is given and what it gives, and breaks its keys. */
    private static final class Vandal implements CacheLoader<Box, Box>, CacheWriter<Box, Box> {

        private final List<Box> kept = new ArrayList<>();

        private Box keep(Box box) {
            kept.add(box);
            return box;
        }

        @Override
        public Box load(Box key) {
            Box loaded = keep(new Box("loaded " + key.content()));
            keep(key).change("broken");
            return loaded;
        }

        @Override
        public Map<Box, Box> loadAll(Iterable<? extends Box> keys) {
            Map<Box, Box> all = new HashMap<>();
            keys.forEach(key -> {
                all.put(new Box(key.content()), keep(new Box("loaded " + key.content())));
                keep(key).change("broken");
            });
            return all;
        }

        @Override
        public void write(Cache.Entry<? extends Box, ? extends Box> entry) {
            keep(entry.getKey()).change("broken");
            keep(entry.getValue()).change("broken");
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends Box, ? extends Box>> entries) {
            entries.forEach(this::write);
        }

        @Override
        public void delete(Object key) {
            keep((Box) key).change("broken");
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            keys.forEach(this::delete);
        }

        void breakAll() {
            kept.forEach(box -> box.change("broken"));
        }
    }

    static Stream<Arguments> loads() {
        return Stream.of(
                load("get", cache -> List.of(cache.get(new Box("k")))),
                load("getAll", cache -> {
                    List<Box> got = new ArrayList<>();
                    cache.getAll(Set.of(new Box("k"))).forEach((key, value) -> {
                        got.add(key);
                        got.add(value);
                    });
                    return got;
                }),
                load("invoke", cache -> {
                    Box got = cache.invoke(new Box("k"), (entry, arguments) -> entry.getValue());
                    return List.of(got);
                }),
                load("loadAll", cache -> {
                    CompletionListenerFuture done = new CompletionListenerFuture();
                    Box key = new Box("k");
                    cache.loadAll(Set.of(key), false, done);
                    try {
                        done.get();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                    return List.of(key);
                }));
    }

    private static Arguments load(String name, Function<LarderCache<Box, Box>, List<Box>> load) {
        return Arguments.of(name, load);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("loads")
    void whatALoaderHasAndWhatItsCallerGetsIsNotWhatTheCacheHolds(
            String name, Function<LarderCache<Box, Box>, List<Box>> load) {
        Vandal vandal = new Vandal();
        LarderCache<Box, Box> cache = maker.make(boxes().loader(vandal));

        List<Box> got = load.apply(cache);
        got.forEach(each -> each.change("broken"));
        vandal.breakAll();

        Map<String, String> entries = new HashMap<>();
        cache.forEach(
                entry -> entries.put(entry.getKey().content(), entry.getValue().content()));
        assertThat(entries).as(name).containsExactly(Map.entry("k", "loaded k"));
        assertThat(cache.containsKey(new Box("k"))).isTrue();
    }

    static Stream<Arguments> writes() {
        return Stream.of(
                write("put", cache -> cache.put(new Box("k"), new Box("v"))),
                write("putAll", cache -> cache.putAll(Map.of(new Box("k"), new Box("v")))),
                write("putIfAbsent", cache -> cache.putIfAbsent(new Box("k"), new Box("v"))),
                write(
                        "invoke",
                        cache -> cache.invoke(new Box("k"), (entry, arguments) -> {
                            entry.setValue(new Box("v"));
                            return null;
                        })));
    }

    private static Arguments write(String name, Consumer<LarderCache<Box, Box>> write) {
        return Arguments.of(name, write);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writes")
    void whatAWriterGetsIsNotWhatTheCacheHolds(String name, Consumer<LarderCache<Box, Box>> write) {
        LarderCache<Box, Box> cache = maker.make(boxes().writer(new Vandal()));

        write.accept(cache);

        Map<String, String> entries = new HashMap<>();
        cache.forEach(
                entry -> entries.put(entry.getKey().content(), entry.getValue().content()));
        assertThat(entries).as(name).containsExactly(Map.entry("k", "v"));
        assertThat(cache.get(new Box("k"))).isEqualTo(new Box("v"));
    }

    @Test
    void writerThatDeletesDoesNotGetTheKeyThatTheCallerUses() {
        LarderCache<Box, Box> cache = maker.make(boxes().writer(new Vandal()));
        cache.put(new Box("k"), new Box("v"));
        Box key = new Box("k");

        assertThat(cache.remove(key)).isTrue();
        assertThat(key).isEqualTo(new Box("k"));

        cache.put(new Box("k"), new Box("v"));
        cache.removeAll(Set.of(key));
        assertThat(key).isEqualTo(new Box("k"));
        assertThat(cache.containsKey(key)).isFalse();
    }

    @Test
    void arraysAreComparedAndCopiedByContent() {
        LarderCache<String, byte[]> cache = maker.make(CacheSettings.builder(String.class, byte[].class));
        byte[] mine = {1, 2, 3};
        cache.put("k", mine);
        mine[0] = 9;

        byte[] got = cache.get("k");
        assertThat(got).containsExactly(1, 2, 3);
        got[1] = 9;
        assertThat(cache.get("k")).containsExactly(1, 2, 3);

        assertThat(cache.replace("k", new byte[] {9}, new byte[] {4})).isFalse();
        assertThat(cache.replace("k", new byte[] {1, 2, 3}, new byte[] {4})).isTrue();
        assertThat(cache.getAndPut("k", new byte[] {5})).containsExactly(4);
        assertThat(cache.remove("k", new byte[] {9})).isFalse();
        assertThat(cache.remove("k", new byte[] {5})).isTrue();
    }

    @Test
    void nestedArraysAreComparedAndCopiedByContent() {
        LarderCache<String, int[][]> cache = maker.make(CacheSettings.builder(String.class, int[][].class));
        int[][] mine = {{1}, {2}};
        cache.put("k", mine);
        mine[0][0] = 9;

        cache.get("k")[1][0] = 9;

        assertThat(cache.get("k")).isDeepEqualTo(new int[][] {{1}, {2}});
        assertThat(cache.replace("k", new int[][] {{1}, {2}}, mine)).isTrue();
    }

    @Test
    void collectionsAreCopiedWithWhatIsInThem() {
        LarderCache<String, Object> cache = maker.make(CacheSettings.builder(String.class, Object.class));
        Box inside = new Box("1");
        List<Box> mine = new ArrayList<>(List.of(inside));
        cache.put("k", mine);

        inside.change("broken");
        mine.clear();

        assertThat(cache.get("k")).isEqualTo(List.of(new Box("1")));
    }

    /** Can be changed, and cannot be serialised. */
    private static final class Stubborn {
        private int state;
    }

    @Test
    void valueThatCannotBeCopiedIsRefusedWithItsClassAndARemedy() {
        LarderCache<String, Object> cache = maker.make(CacheSettings.builder(String.class, Object.class));
        Stubborn stubborn = new Stubborn();
        stubborn.state = 1;

        List<Consumer<Object>> puts = List.of(
                value -> cache.put("k", value),
                value -> cache.putAll(Map.of("k", value)),
                value -> cache.putIfAbsent("k", value),
                value -> cache.getAndPut("k", value),
                value -> cache.put("k", List.of(value)));
        for (Consumer<Object> put : puts) {
            assertThatThrownBy(() -> put.accept(stubborn))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("cache \"" + cache.getName() + "\"")
                    .hasMessageContaining(Stubborn.class.getName())
                    .hasMessageContaining("not Serializable")
                    .hasMessageContaining("register a Copier")
                    .hasMessageContaining("store by reference");
        }
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void keyThatCannotBeCopiedIsRefusedWithItsClass() {
        LarderCache<Object, String> cache = maker.make(CacheSettings.builder(Object.class, String.class));

        assertThatThrownBy(() -> cache.put(new Stubborn(), "v"))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(cache.getName())
                .hasMessageContaining("key")
                .hasMessageContaining(Stubborn.class.getName());
        assertThat(cache.containsKey(new Stubborn())).isFalse();
        assertThat(cache.remove(new Stubborn())).isFalse();
    }

    @Test
    void processorThatLeavesWhatCannotBeCopiedChangesNothing() {
        LarderCache<String, Object> cache = maker.make(CacheSettings.builder(String.class, Object.class));
        cache.put("k", "v");

        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> {
                    entry.setValue(new Stubborn());
                    return null;
                }))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(Stubborn.class.getName());
        assertThat(cache.get("k")).isEqualTo("v");
    }

    @Test
    void copierOfTheUserIsUsedBothWays() {
        AtomicInteger copies = new AtomicInteger();
        LarderCache<String, Object> cache =
                maker.make(CacheSettings.builder(String.class, Object.class).copier(Stubborn.class, value -> {
                    copies.incrementAndGet();
                    Stubborn copy = new Stubborn();
                    copy.state = value.state;
                    return copy;
                }));
        Stubborn mine = new Stubborn();
        mine.state = 1;

        cache.put("k", mine);
        mine.state = 2;
        Stubborn got = (Stubborn) cache.get("k");
        got.state = 3;

        assertThat(((Stubborn) cache.get("k")).state).isEqualTo(1);
        assertThat(copies).hasValue(3);
    }

    @Test
    void failureOfACopierIsACacheException() {
        LarderCache<String, Object> cache =
                maker.make(CacheSettings.builder(String.class, Object.class).copier(Stubborn.class, value -> {
                    throw new IllegalArgumentException("no");
                }));

        assertThatThrownBy(() -> cache.put("k", new Stubborn()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(cache.getName())
                .hasMessageContaining(Stubborn.class.getName());
    }

    @Test
    void byReferenceTheSameObjectsComeBack() {
        LarderCache<Box, Object> cache =
                maker.make(CacheSettings.builder(Box.class, Object.class).storeByReference());
        Box key = new Box("k");
        Stubborn value = new Stubborn();

        cache.put(key, value);

        assertThat(cache.get(KEY)).isSameAs(value);
        assertThat(cache.getAll(Set.of(KEY)).values()).allMatch(got -> got == value);
        assertThat(cache.iterator().next().getKey()).isSameAs(key);
        assertThat(cache.iterator().next().getValue()).isSameAs(value);
        Object seen = cache.invoke(KEY, (entry, arguments) -> entry.getValue());
        assertThat(seen).isSameAs(value);
        assertThat(cache.getAndPut(KEY, "x")).isSameAs(value);
    }

    @Test
    void immutableValuesAreShared() {
        LarderCache<String, Object> cache = maker.make(CacheSettings.builder(String.class, Object.class));
        String text = "not " + System.nanoTime();

        cache.put("k", text);

        assertThat(cache.get("k")).isSameAs(text);
    }
}
