package dev.larder.jcache.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.LarderEntry;
import dev.larder.jcache.Loaded;
import dev.larder.jcache.LoaderWithMetadata;
import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.CountingPolicy;
import dev.larder.jcache.fixture.RecordingListener;
import dev.larder.jcache.fixture.SharedHeap;
import dev.larder.store.guard.OnStoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loaders that decide how long a value lives, and which tags it has. */
@Timeout(300)
class LoaderWithMetadataTest {

    @RegisterExtension
    final Crew crew = new Crew();

    private final CacheMaker maker = new CacheMaker();
    private final RecordingListener<String, String> listener = new RecordingListener<>();
    private final AtomicInteger loads = new AtomicInteger();

    /** Loads "value of k", with what stands here for the key; other keys have no value. */
    private final Map<String, Loaded<String>> source = new HashMap<>();

    private final LoaderWithMetadata<String, String> loader = key -> {
        loads.incrementAndGet();
        return source.get(key);
    };

    @AfterEach
    void close() {
        maker.close();
    }

    /** How a cache is made. */
    enum Shape {
        ETERNAL,
        TIMED,
        CUSTOM_POLICY,
        LISTENER,
        SHARED
    }

    private LarderCache<String, String> cache(Shape shape) {
        CacheSettings.Builder<String, String> settings = CacheMaker.strings().loader(loader);
        switch (shape) {
            case ETERNAL -> {}
            case TIMED -> settings.expireAfterWrite(Duration.ofSeconds(10));
            case CUSTOM_POLICY ->
                settings.expiryPolicy(() -> new CountingPolicy().onCreation(CountingPolicy.seconds(10)));
            case LISTENER -> settings.listener(listener.synchronously());
            case SHARED -> settings.store(new SharedHeap()).onStoreFailure(OnStoreFailure.FAIL);
        }
        return maker.make(settings);
    }

    private static void loadAll(LarderCache<String, String> cache, boolean replace, String... keys) throws Exception {
        CompletionListenerFuture done = new CompletionListenerFuture();
        cache.loadAll(Set.of(keys), replace, done);
        done.get();
    }

    /** A way to have a value loaded. */
    enum Caller {
        GET,
        GET_ALL,
        LOAD_ALL,
        INVOKE;

        String call(LarderCache<String, String> cache, String key) throws Exception {
            return switch (this) {
                case GET -> cache.get(key);
                case GET_ALL -> cache.getAll(Set.of(key)).get(key);
                case LOAD_ALL -> {
                    LoaderWithMetadataTest.loadAll(cache, false, key);
                    yield cache.get(key);
                }
                case INVOKE -> cache.<String>invoke(key, (entry, arguments) -> entry.getValue());
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void ttlOfTheLoaderIsThatOfTheEntryWhoeverLoadsIt(Caller caller) throws Exception {
        for (Shape shape : Shape.values()) {
            source.put("k", Loaded.of("v").withTtl(Duration.ofSeconds(3)));
            LarderCache<String, String> cache = cache(shape);

            assertThat(caller.call(cache, "k")).as("%s", shape).isEqualTo("v");

            maker.time().advance(Duration.ofMillis(2_999));
            assertThat(cache.containsKey("k")).as("just before, %s", shape).isTrue();
            maker.time().advance(Duration.ofMillis(1));
            assertThat(cache.containsKey("k")).as("then, %s", shape).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tagsOfTheLoaderAreThoseOfTheEntryWhoeverLoadsIt(Caller caller) throws Exception {
        for (Shape shape : Shape.values()) {
            source.put("k", Loaded.of("v").withTags("red", "green"));
            LarderCache<String, String> cache = cache(shape);

            assertThat(caller.call(cache, "k")).as("%s", shape).isEqualTo("v");

            cache.invalidateTag("blue");
            assertThat(cache.containsKey("k")).as("%s", shape).isTrue();
            cache.invalidateTag("green");
            assertThat(cache.containsKey("k")).as("%s", shape).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LOAD_ALL")
    void valueWithATtlOfZeroIsHandedOutAndNotStored(Caller caller) throws Exception {
        for (Shape shape : Shape.values()) {
            source.put("k", Loaded.of("v").withTtl(Duration.ZERO).withTags("red"));
            LarderCache<String, String> cache = cache(shape);
            loads.set(0);

            assertThat(caller.call(cache, "k")).as("%s", shape).isEqualTo("v");

            assertThat(cache.containsKey("k")).as("%s", shape).isFalse();
            assertThat(caller.call(cache, "k")).isEqualTo("v");
            assertThat(loads).hasValue(2);
            assertThat(listener.told()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheLoaderLeavesOpenThePolicyDecides(Shape shape) {
        source.put("k", Loaded.of("v").withTags("red"));
        LarderCache<String, String> cache = cache(shape);
        cache.get("k");

        maker.time().advance(Duration.ofSeconds(10));

        assertThat(cache.containsKey("k")).isEqualTo(shape != Shape.TIMED && shape != Shape.CUSTOM_POLICY);
    }

    @ParameterizedTest
    @EnumSource
    void keyWithoutAValueIsNotThere(Caller caller) throws Exception {
        assertThat(caller.call(cache(Shape.ETERNAL), "other")).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void reloadReplacesValueTtlAndTags(Shape shape) throws Exception {
        LarderCache<String, String> cache = cache(shape);
        cache.put("k", "old", Duration.ofHours(1), Set.of("red"));
        source.put("k", Loaded.of("new").withTtl(Duration.ofSeconds(3)).withTags("green"));

        loadAll(cache, true, "k");

        cache.invalidateTag("red");
        assertThat(cache.get("k")).isEqualTo("new");
        maker.time().advance(Duration.ofSeconds(3));
        assertThat(cache.containsKey("k")).isFalse();
    }

    /** An eternal cache leaves deadlines alone on an update, and from now on there is one. */
    @Test
    void putIntoAnEternalCacheKeepsTheDeadlineThatTheLoaderSet() {
        source.put("k", Loaded.of("v").withTtl(Duration.ofSeconds(3)));
        LarderCache<String, String> cache = cache(Shape.ETERNAL);
        cache.put("other", "v");
        cache.get("k");

        cache.put("k", "put");

        maker.time().advance(Duration.ofSeconds(3));
        assertThat(cache.containsKey("k")).isFalse();
        assertThat(cache.containsKey("other")).isTrue();
    }

    @Test
    void processorThatNamesATtlLeavesTheTagsOfTheLoader() {
        source.put("k", Loaded.of("v").withTtl(Duration.ofSeconds(3)).withTags("red"));
        LarderCache<String, String> cache = cache(Shape.ETERNAL);

        cache.invoke("k", (entry, arguments) -> {
            entry.unwrap(LarderEntry.class).setTtl(Duration.ofSeconds(5));
            return entry.getValue();
        });

        maker.time().advance(Duration.ofSeconds(4));
        assertThat(cache.containsKey("k")).isTrue();
        cache.invalidateTag("red");
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void processorThatNamesTagsLeavesTheTtlOfTheLoader() {
        source.put("k", Loaded.of("v").withTtl(Duration.ofSeconds(3)).withTags("red"));
        LarderCache<String, String> cache = cache(Shape.ETERNAL);

        cache.invoke("k", (entry, arguments) -> {
            entry.unwrap(LarderEntry.class).setTags("green");
            return entry.getValue();
        });

        cache.invalidateTag("red");
        assertThat(cache.containsKey("k")).isTrue();
        maker.time().advance(Duration.ofSeconds(3));
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void processorThatSetsAnotherValueHasNothingOfTheLoaded() {
        source.put("k", Loaded.of("v").withTtl(Duration.ofSeconds(3)).withTags("red"));
        LarderCache<String, String> cache = cache(Shape.ETERNAL);

        cache.invoke("k", (entry, arguments) -> {
            entry.setValue("made of " + entry.getValue());
            return null;
        });

        cache.invalidateTag("red");
        maker.time().advance(Duration.ofSeconds(3));
        assertThat(cache.get("k")).isEqualTo("made of v");
    }

    @Test
    void processorThatJoinsALoadAndNamesATtlLeavesTheTagsOfTheLoader() {
        Holdup inLoader = new Holdup();
        LarderCache<String, String> cache = maker.make(slow(inLoader));
        Task<String> first = crew.start(() -> cache.get("k"));
        inLoader.awaitReached();
        Task<String> processor = crew.start(() -> cache.<String>invoke("k", (entry, arguments) -> {
                    entry.unwrap(LarderEntry.class).setTtl(Duration.ofHours(1));
                    return entry.getValue();
                }))
                .awaitWaiting();

        inLoader.release();

        assertThat(processor.get()).isEqualTo("v1");
        assertThat(first.get()).isEqualTo("v1");
        assertThat(cache.containsKey("k")).isTrue();
        cache.invalidateTag("red");
        assertThat(cache.containsKey("k")).isFalse();
    }

    private CacheSettings.Builder<String, String> slow(Holdup inLoader) {
        LoaderWithMetadata<String, String> slow = key -> {
            int load = loads.incrementAndGet();
            if (load == 1) {
                inLoader.stay();
            }
            return Loaded.of("v" + load).withTags("red");
        };
        return CacheMaker.strings().loader(slow);
    }

    @Test
    void loadThatIsOvertakenByAnInvalidationOfItsTagIsNotStored() {
        Holdup inLoader = new Holdup();
        LarderCache<String, String> cache = maker.make(slow(inLoader).listener(listener.synchronously()));
        Task<String> first = crew.start(() -> cache.get("k"));
        inLoader.awaitReached();
        Task<String> joined = crew.start(() -> cache.get("k")).awaitWaiting();

        cache.invalidateTag("red");
        String asked = cache.get("k");
        inLoader.release();

        assertThat(asked).as("asked after the invalidation").isEqualTo("v2");
        assertThat(first.get()).isEqualTo("v1");
        assertThat(joined.get()).isEqualTo("v1");
        assertThat(cache.get("k")).isNotEqualTo("v1");
        assertThat(listener.lines()).noneMatch(line -> line.contains("v1"));
    }

    @Test
    void loadsWithoutTheTagAreStoredInSpiteOfTheInvalidation() {
        Holdup inLoader = new Holdup();
        LarderCache<String, String> cache = maker.make(slow(inLoader));
        Task<String> first = crew.start(() -> cache.get("k"));
        inLoader.awaitReached();

        cache.invalidateTag("green");
        inLoader.release();

        assertThat(first.get()).isEqualTo("v1");
        assertThat(cache.get("k")).isEqualTo("v1");
        assertThat(loads).hasValue(1);
    }

    @Test
    void bulkLoaderIsCalledOnceForAllKeys() {
        List<List<String>> calls = new ArrayList<>();
        LoaderWithMetadata<String, String> bulk = new LoaderWithMetadata<>() {
            @Override
            public Loaded<String> loadWithMetadata(String key) {
                throw new AssertionError("one by one");
            }

            @Override
            public Map<String, Loaded<String>> loadAllWithMetadata(Iterable<? extends String> keys) {
                Map<String, Loaded<String>> all = new HashMap<>();
                keys.forEach(key -> all.put(key, Loaded.of("v of " + key).withTags(key)));
                calls.add(List.copyOf(all.keySet()));
                return all;
            }
        };
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().loader(bulk));

        assertThat(cache.getAll(Set.of("a", "b"))).isEqualTo(Map.of("a", "v of a", "b", "v of b"));

        assertThat(calls).hasSize(1);
        cache.invalidateTag("a");
        assertThat(cache.containsKey("a")).isFalse();
        assertThat(cache.containsKey("b")).isTrue();
    }

    @Test
    void mapThatIsNullIsTheLoadersFault() {
        LoaderWithMetadata<String, String> wrong = new LoaderWithMetadata<>() {
            @Override
            public Loaded<String> loadWithMetadata(String key) {
                return null;
            }

            @Override
            @SuppressWarnings("NullAway") // that is the fault
            public Map<String, Loaded<String>> loadAllWithMetadata(Iterable<? extends String> keys) {
                return null;
            }
        };
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().loader(wrong));

        assertThatThrownBy(() -> cache.getAll(Set.of("a")))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("returned null from loadAll; return an empty map instead");
    }

    @Test
    void storeThatKnowsNoTagsIsNotGivenAny() {
        source.put("k", Loaded.of("v").withTags("red"));
        source.put("plain", Loaded.of("v"));
        LarderCache<String, String> cache =
                maker.make(CacheMaker.strings().loader(loader).store(TagTest.TAGLESS));

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("gives its values tags, but the cache's store knows none");
        assertThat(cache.get("plain")).isEqualTo("v");
    }

    @Test
    void plainMethodsOfTheLoaderGiveValuesAlone() {
        source.put("k", Loaded.of("v").withTags("red"));

        assertThat(loader.load("k")).isEqualTo("v");
        assertThat(loader.load("other")).isNull();
        assertThat(loader.loadAll(List.of("k", "other"))).containsExactly(Map.entry("k", "v"));
    }

    @Test
    void loadedChecksItsParts() {
        assertThatThrownBy(() -> Loaded.of("v").withTtl(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a TTL must not be negative: PT-0.001S");
        assertThatThrownBy(() -> Loaded.of("v").withTags("")).hasMessage("a tag must not be empty");
        assertThat(Loaded.of("v").withTags("red", "red").tags()).containsExactly("red");
    }
}
