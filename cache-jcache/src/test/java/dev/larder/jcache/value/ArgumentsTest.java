package dev.larder.jcache.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.Box;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.RecordingListener;
import java.time.Duration;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class ArgumentsTest {

    private static final Duration TTL = Duration.ofMinutes(1);
    private static final EntryProcessor<String, String, Object> REMOVE = (entry, arguments) -> {
        entry.remove();
        return null;
    };

    private final CacheMaker maker = new CacheMaker();
    private final RecordingListener<String, String> listener = new RecordingListener<>();
    private final Outside outside = new Outside();

    @AfterEach
    void close() {
        maker.close();
    }

    /** Counts calls of loader and writer. */
    private static final class Outside implements CacheLoader<String, String>, CacheWriter<String, String> {

        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public String load(String key) {
            calls.incrementAndGet();
            return null;
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            calls.incrementAndGet();
            return Map.of();
        }

        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {
            calls.incrementAndGet();
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
            calls.incrementAndGet();
            entries.clear();
        }

        @Override
        public void delete(Object key) {
            calls.incrementAndGet();
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            calls.incrementAndGet();
            keys.clear();
        }
    }

    static Stream<Arguments> nulls() {
        Set<String> setWithNull = new HashSet<>(Arrays.asList("k", null));
        Map<String, String> mapWithNullKey = new HashMap<>(Map.of("k", "new"));
        mapWithNullKey.put(null, "v");
        Map<String, String> mapWithNullValue = new HashMap<>(Map.of("k", "new"));
        mapWithNullValue.put("a", null);
        return Stream.of(
                nul("get", cache -> cache.get(null)),
                nul("getAll", cache -> cache.getAll(null)),
                nul("getAll of null", cache -> cache.getAll(setWithNull)),
                nul("containsKey", cache -> cache.containsKey(null)),
                nul("loadAll", cache -> cache.loadAll(null, true, null)),
                nul("loadAll of null", cache -> cache.loadAll(setWithNull, true, null)),
                nul("put, key", cache -> cache.put(null, "v")),
                nul("put, value", cache -> cache.put("k", null)),
                nul("put with a TTL, key", cache -> cache.put(null, "v", TTL)),
                nul("put with a TTL, value", cache -> cache.put("k", null, TTL)),
                nul("put with a TTL, TTL", cache -> cache.put("k", "new", (Duration) null)),
                nul("put with tags, key", cache -> cache.put(null, "v", Set.of("t"))),
                nul("put with tags, value", cache -> cache.put("k", null, Set.of("t"))),
                nul("put with tags, tags", cache -> cache.put("k", "new", (Set<String>) null)),
                nul("put with tags, a tag", cache -> cache.put("k", "new", setWithNull)),
                nul("put with a TTL and tags, TTL", cache -> cache.put("k", "new", null, Set.of("t"))),
                nul("put with a TTL and tags, tags", cache -> cache.put("k", "new", TTL, null)),
                nul("getAndPut, key", cache -> cache.getAndPut(null, "v")),
                nul("getAndPut, value", cache -> cache.getAndPut("k", null)),
                nul("putAll", cache -> cache.putAll(null)),
                nul("putAll, key", cache -> cache.putAll(mapWithNullKey)),
                nul("putAll, value", cache -> cache.putAll(mapWithNullValue)),
                nul("putIfAbsent, key", cache -> cache.putIfAbsent(null, "v")),
                nul("putIfAbsent, value", cache -> cache.putIfAbsent("a", null)),
                nul("putIfAbsent with a TTL, key", cache -> cache.putIfAbsent(null, "v", TTL)),
                nul("putIfAbsent with a TTL, value", cache -> cache.putIfAbsent("a", null, TTL)),
                nul("putIfAbsent with a TTL, TTL", cache -> cache.putIfAbsent("a", "v", null)),
                nul("touch, key", cache -> cache.touch(null, TTL)),
                nul("touch, TTL", cache -> cache.touch("k", null)),
                nul("remove", cache -> cache.remove(null)),
                nul("remove of a value, key", cache -> cache.remove(null, "v")),
                nul("remove of a value, value", cache -> cache.remove("k", null)),
                nul("getAndRemove", cache -> cache.getAndRemove(null)),
                nul("replace of a value, key", cache -> cache.replace(null, "v", "w")),
                nul("replace of a value, old", cache -> cache.replace("k", null, "w")),
                nul("replace of a value, new", cache -> cache.replace("k", "v", null)),
                nul("replace, key", cache -> cache.replace(null, "v")),
                nul("replace, value", cache -> cache.replace("k", null)),
                nul("getAndReplace, key", cache -> cache.getAndReplace(null, "v")),
                nul("getAndReplace, value", cache -> cache.getAndReplace("k", null)),
                nul("removeAll", cache -> cache.removeAll(null)),
                nul("removeAll of null", cache -> cache.removeAll(setWithNull)),
                nul("invalidate", cache -> cache.invalidate(null)),
                nul("invalidateAll", cache -> cache.invalidateAll(null)),
                nul("invalidateAll of null", cache -> cache.invalidateAll(setWithNull)),
                nul("invalidateTag", cache -> cache.invalidateTag(null)),
                nul("invalidateTags", cache -> cache.invalidateTags(null)),
                nul("invalidateTags of null", cache -> cache.invalidateTags(setWithNull)),
                nul("invoke, key", cache -> cache.invoke(null, REMOVE)),
                nul("invoke, processor", cache -> cache.invoke("k", null)),
                nul("invokeAll, keys", cache -> cache.invokeAll(null, REMOVE)),
                nul("invokeAll of null", cache -> cache.invokeAll(setWithNull, REMOVE)),
                nul("invokeAll, processor", cache -> cache.invokeAll(Set.of("k"), null)),
                nul("registerCacheEntryListener", cache -> cache.registerCacheEntryListener(null)),
                nul("deregisterCacheEntryListener", cache -> cache.deregisterCacheEntryListener(null)),
                nul("getConfiguration", cache -> cache.getConfiguration(null)),
                nul("unwrap", cache -> cache.unwrap(null)));
    }

    private static Arguments nul(String name, Consumer<LarderCache<String, String>> call) {
        return Arguments.of(name, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nulls")
    void nullIsRefusedAndChangesNothing(String name, Consumer<LarderCache<String, String>> call) {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings()
                .loader(outside)
                .readThrough(false)
                .writer(outside)
                .listener(listener.synchronously()));
        cache.put("k", "v");
        int callsBefore = outside.calls.get();

        assertThatThrownBy(() -> call.accept(cache)).as(name).isInstanceOf(NullPointerException.class);

        assertThat(cache).hasSize(1);
        assertThat(cache.get("k")).isEqualTo("v");
        assertThat(listener.told()).hasSize(1);
        assertThat(outside.calls).hasValue(callsBefore);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nulls")
    void nullIsRefusedWithoutLoaderWriterAndListenerToo(String name, Consumer<LarderCache<String, String>> call) {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().storeByReference());
        cache.put("k", "v");

        assertThatThrownBy(() -> call.accept(cache)).as(name).isInstanceOf(NullPointerException.class);

        assertThat(cache).hasSize(1);
        assertThat(cache.get("k")).isEqualTo("v");
    }

    @Test
    void processorMustNotSetNull() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings());
        cache.put("k", "v");

        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> {
                    entry.setValue(null);
                    return null;
                }))
                .isInstanceOf(EntryProcessorException.class)
                .hasRootCauseInstanceOf(NullPointerException.class);
        assertThat(cache.get("k")).isEqualTo("v");
    }

    static Stream<Set<String>> sets() {
        Set<String> insistent = new AbstractSet<>() {
            @Override
            public Iterator<String> iterator() {
                return List.of("a", "b").iterator();
            }

            @Override
            public int size() {
                return 2;
            }

            @Override
            public boolean contains(Object key) {
                throw new UnsupportedOperationException("contains");
            }
        };
        return Stream.of(
                Set.of("a", "b"),
                Collections.unmodifiableSet(new HashSet<>(Set.of("a", "b"))),
                new TreeSet<>(Set.of("a", "b")),
                new ConcurrentSkipListSet<>(Set.of("a", "b")),
                Map.of("a", 1, "b", 2).keySet(),
                insistent);
    }

    @ParameterizedTest
    @MethodSource("sets")
    void everyKindOfSetWillDo(Set<String> keys) throws Exception {
        for (boolean through : new boolean[] {false, true}) {
            CacheSettings.Builder<String, String> settings = CacheMaker.strings();
            LarderCache<String, String> cache =
                    maker.make(through ? settings.loader(outside).writer(outside) : settings);
            Map<String, String> entries = Map.of("a", "1", "b", "2");
            cache.putAll(entries);

            assertThat(cache.getAll(keys)).isEqualTo(entries);
            assertThat(cache.invokeAll(keys, (entry, arguments) -> entry.getValue()))
                    .hasSize(2);
            CompletionListenerFuture loaded = new CompletionListenerFuture();
            cache.loadAll(keys, false, loaded);
            loaded.get();
            cache.removeAll(keys);
            assertThat(cache).isEmpty();
            cache.putAll(entries);
            cache.invalidateAll(keys);
            assertThat(cache).isEmpty();
            assertThat(cache.getAll(keys)).isEmpty();
        }
    }

    @ParameterizedTest(name = "with loader, writer and listener: {0}")
    @ValueSource(booleans = {true, false})
    void nothingAtAllIsFineToo(boolean through) throws Exception {
        CacheSettings.Builder<String, String> settings = CacheMaker.strings();
        LarderCache<String, String> cache = maker.make(
                through ? settings.loader(outside).writer(outside).listener(listener.synchronously()) : settings);

        assertThat(cache.getAll(Set.of())).isEmpty();
        cache.removeAll(Set.of());
        cache.removeAll();
        cache.putAll(Map.of());
        cache.invalidateAll(Set.of());
        assertThat(cache.invokeAll(Set.of(), REMOVE)).isEmpty();
        CompletionListenerFuture loaded = new CompletionListenerFuture();
        cache.loadAll(Set.of(), true, loaded);
        loaded.get();
        cache.clear();

        assertThat(outside.calls).hasValue(0);
        assertThat(listener.told()).isEmpty();
    }

    @Test
    void resultsAreTheCallersToKeep() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings());
        cache.put("k", "v");

        Map<String, String> got = cache.getAll(Set.of("k"));
        assertThatCode(() -> got.put("other", "o")).doesNotThrowAnyException();

        assertThat(cache.containsKey("other")).isFalse();
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void wrongTypesAreRefusedOnTheWayIn() {
        LarderCache cache = maker.make(CacheMaker.strings());

        assertThatThrownBy(() -> cache.put(1, "v"))
                .isInstanceOf(ClassCastException.class)
                .hasMessageContaining(cache.getName())
                .hasMessageContaining("key")
                .hasMessageContaining("java.lang.String")
                .hasMessageContaining("java.lang.Integer");
        assertThatThrownBy(() -> cache.putAll(Map.of("k", 1)))
                .isInstanceOf(ClassCastException.class)
                .hasMessageContaining("value");
        assertThatThrownBy(() -> cache.replace("k", 1)).isInstanceOf(ClassCastException.class);
        assertThat(cache.get(1)).isNull();
        assertThat(cache.iterator().hasNext()).isFalse();
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void processorMustNotSetAValueOfAWrongType() {
        LarderCache cache = maker.make(CacheMaker.strings());

        assertThatThrownBy(() -> cache.invoke("k", (EntryProcessor) (entry, arguments) -> {
                    entry.setValue(1);
                    return null;
                }))
                .hasRootCauseInstanceOf(ClassCastException.class);
        assertThat(cache.iterator().hasNext()).isFalse();
    }

    @Test
    void unwrapsToWhatItIs() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings());

        assertThat((Object) cache.unwrap(LarderCache.class)).isSameAs(cache);
        assertThat((Object) cache.unwrap(Cache.class)).isSameAs(cache);
        assertThatThrownBy(() -> cache.unwrap(Box.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Box.class.getName());
        assertThatThrownBy(() -> cache.getCacheManager().unwrap(Box.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Box.class.getName());
        cache.put("k", "v");
        assertThatThrownBy(() -> cache.iterator().next().unwrap(Box.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Box.class.getName());
        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> entry.unwrap(Box.class)))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unknownTypeOfConfigurationIsRefusedWithTheRightOnes() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings());

        assertThatThrownBy(() -> cache.getConfiguration(unchecked(Strange.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(cache.getName())
                .hasMessageContaining(Strange.class.getName())
                .hasMessageContaining(CacheSettings.class.getName());
    }

    private interface Strange extends CompleteConfiguration<String, String> {}

    @SuppressWarnings("unchecked")
    private static Class<CompleteConfiguration<String, String>> unchecked(Class<?> type) {
        return (Class<CompleteConfiguration<String, String>>) type;
    }

    @Test
    void invalidateIsNeitherWrittenToldNorCounted() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings()
                .writer(outside)
                .listener(listener.synchronously())
                .statistics(true));
        cache.putAll(Map.of("a", "1", "b", "2", "c", "3"));
        int callsBefore = outside.calls.get();

        cache.invalidate("a");
        cache.invalidate("absent");
        cache.invalidateAll(Set.of("b"));

        assertThat(cache.estimatedSize()).isEqualTo(1);
        assertThat(cache.containsKey("c")).isTrue();
        assertThat(outside.calls).hasValue(callsBefore);
        assertThat(listener.told()).hasSize(3);
    }

    @Test
    void estimatedSizeCountsWhatTakesRoom() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().expireAfterWrite(TTL));
        assertThat(cache.estimatedSize()).isZero();

        cache.put("a", "1");
        cache.put("b", "2");
        assertThat(cache.estimatedSize()).isEqualTo(2);

        maker.time().skip(TTL);
        assertThat(cache.containsKey("a")).isFalse();
        assertThat(cache.estimatedSize()).isEqualTo(2);

        maker.time().advance(Duration.ZERO);
        assertThat(cache.estimatedSize()).isZero();
    }
}
