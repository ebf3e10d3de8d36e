package dev.larder.jcache.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.LarderEntry;
import dev.larder.jcache.concurrency.MapWriter;
import dev.larder.jcache.fixture.Beans;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.CountingPolicy;
import dev.larder.jcache.fixture.ForwardingStore;
import dev.larder.jcache.fixture.RecordingListener;
import dev.larder.jcache.fixture.SharedHeap;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreTraits;
import dev.larder.store.guard.OnStoreFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.CacheException;
import javax.cache.management.CacheStatisticsMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tags in caches of all shapes: with listeners, writers, hand-written policies, and on stores of their own or shared ones. */
@Timeout(300)
class TagTest {

    private static final Set<String> RED = Set.of("red");

    private final CacheMaker maker = new CacheMaker();
    private final RecordingListener<String, String> listener = new RecordingListener<>();
    private final AtomicReference<Consumer<String>> inWriter = new AtomicReference<>(key -> {});
    private final MapWriter<String, String> writer =
            new MapWriter<>(key -> inWriter.get().accept(key));
    private final SharedHeap server = new SharedHeap();

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
        WRITER,
        WRITER_AND_CUSTOM_POLICY,
        PROCESSORS,
        SHARED,
        SHARED_WRITER;

        boolean writes() {
            return this == WRITER || this == WRITER_AND_CUSTOM_POLICY || this == SHARED_WRITER;
        }

        boolean isShared() {
            return this == SHARED || this == SHARED_WRITER;
        }
    }

    private LarderCache<String, String> cache(Shape shape) {
        CacheSettings.Builder<String, String> settings = CacheMaker.strings();
        if (shape.writes()) {
            settings.writer(writer);
        }
        if (shape.isShared()) {
            settings.store(server).onStoreFailure(OnStoreFailure.FAIL);
        }
        switch (shape) {
            case TIMED -> settings.expireAfterWrite(Duration.ofSeconds(10));
            case CUSTOM_POLICY, WRITER_AND_CUSTOM_POLICY -> settings.expiryPolicy(CountingPolicy::new);
            case LISTENER -> settings.listener(listener.synchronously());
            default -> {}
        }
        LarderCache<String, String> cache = maker.make(settings);
        if (shape == Shape.PROCESSORS) {
            cache.invoke("other", (entry, arguments) -> entry.exists());
        }
        return cache;
    }

    private static void invoke(
            LarderCache<String, String> cache, String key, Consumer<LarderEntry<String, String>> action) {
        cache.invoke(key, (entry, arguments) -> {
            @SuppressWarnings("unchecked") // an entry unwraps to its own types
            LarderEntry<String, String> own = entry.unwrap(LarderEntry.class);
            action.accept(own);
            return null;
        });
    }

    @ParameterizedTest
    @EnumSource
    void invalidatingATagDropsWhatHasIt(Shape shape) {
        LarderCache<String, String> cache = cache(shape);
        cache.put("both", "1", Set.of("red", "green"));
        cache.put("red", "2", RED);
        cache.put("red for long", "3", Duration.ofHours(1), RED);
        cache.put("green", "4", Duration.ofHours(1), Set.of("green"));
        cache.put("none", "5");
        assertThat(cache).hasSize(5);

        cache.invalidateTag("red");

        assertThat(cache.get("both")).isNull();
        assertThat(cache.containsKey("red")).isFalse();
        assertThat(cache.getAll(Set.of("both", "red", "red for long", "green", "none")))
                .isEqualTo(Map.of("green", "4", "none", "5"));
        assertThat(cache).hasSize(2);

        cache.invalidateTags(Set.of("green", "blue"));

        assertThat(cache.get("green")).isNull();
        assertThat(cache.get("none")).isEqualTo("5");
    }

    @ParameterizedTest
    @EnumSource
    void entryWithAnInvalidatedTagIsAbsentToEveryOperation(Shape shape) {
        LarderCache<String, String> cache = cache(shape);
        for (String key : List.of("a", "b", "c", "d", "e", "f")) {
            cache.put(key, "old", RED);
        }

        cache.invalidateTag("red");

        assertThat(cache.getAndPut("a", "new")).isNull();
        assertThat(cache.putIfAbsent("b", "new")).isTrue();
        assertThat(cache.replace("c", "new")).isFalse();
        assertThat(cache.remove("d", "old")).isFalse();
        assertThat(cache.touch("e", Duration.ofHours(1))).isFalse();
        assertThat(cache.<Boolean>invoke("f", (entry, arguments) -> entry.exists()))
                .isFalse();
        assertThat(cache).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void putAfterTheInvalidationIsThere(Shape shape) {
        LarderCache<String, String> cache = cache(shape);
        cache.put("k", "old", RED);
        cache.invalidateTag("red");

        cache.put("k", "new", RED);

        assertThat(cache.get("k")).isEqualTo("new");
        cache.invalidateTag("red");
        assertThat(cache.get("k")).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void putWithoutTagsDropsThem(Shape shape) {
        LarderCache<String, String> cache = cache(shape);
        cache.put("put", "old", RED);
        cache.put("replaced", "old", RED);
        cache.put("set", "old", RED);

        cache.put("put", "new");
        cache.replace("replaced", "new");
        invoke(cache, "set", entry -> entry.setValue("new"));
        cache.invalidateTag("red");

        assertThat(cache.getAll(Set.of("put", "replaced", "set")))
                .isEqualTo(Map.of("put", "new", "replaced", "new", "set", "new"));
    }

    @ParameterizedTest
    @EnumSource
    void touchKeepsTags(Shape shape) {
        LarderCache<String, String> cache = cache(shape);
        cache.put("k", "v", RED);

        cache.touch("k", Duration.ofHours(1));
        cache.invalidateTag("red");

        assertThat(cache.get("k")).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void processorSetsTags(Shape shape) {
        LarderCache<String, String> cache = cache(shape);

        invoke(cache, "k", entry -> {
            entry.setTags("red");
            entry.setValue("v");
        });
        invoke(cache, "both", entry -> {
            entry.setValue("v");
            entry.setTags("red");
            entry.setTtl(Duration.ofHours(1));
        });

        assertThat(cache.getAll(Set.of("k", "both"))).hasSize(2);
        cache.invalidateTag("red");
        assertThat(cache.getAll(Set.of("k", "both"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatAProcessorMadeOfWhatIsInvalidatedMeanwhileIsDropped(Shape shape) {
        LarderCache<String, String> cache = cache(shape);
        cache.put("k", "old", RED);

        invoke(cache, "k", entry -> {
            String value = entry.getValue();
            if (value != null) {
                cache.invalidateTag("red");
            }
            entry.setValue("made of " + value);
            entry.setTags("red");
        });

        // on a shared store it ran again, on what was there then
        assertThat(cache.get("k")).isEqualTo(shape.isShared() ? "made of null" : null);
    }

    @ParameterizedTest
    @EnumSource(names = {"WRITER", "WRITER_AND_CUSTOM_POLICY", "SHARED_WRITER"})
    void whatIsInvalidatedWhileItIsWrittenIsDropped(Shape shape) {
        LarderCache<String, String> cache = cache(shape);
        inWriter.set(key -> cache.invalidateTag("red"));

        cache.put("k", "v", RED);

        assertThat(writer.database()).containsEntry("k", "v");
        assertThat(cache.get("k")).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"WRITER", "WRITER_AND_CUSTOM_POLICY", "SHARED_WRITER"})
    void invalidationDoesNotReachTheWriter(Shape shape) {
        LarderCache<String, String> cache = cache(shape);
        cache.put("k", "v", RED);

        cache.invalidateTag("red");

        assertThat(cache.get("k")).isNull();
        assertThat(writer.database()).containsExactly(Map.entry("k", "v"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ETERNAL", "TIMED", "CUSTOM_POLICY"})
    void listenersHearNothingOfAnInvalidation(Shape shape) {
        LarderCache<String, String> cache = cache(shape);
        cache.registerCacheEntryListener(listener.synchronously());
        cache.put("k", "old", Duration.ofSeconds(5), RED);
        cache.put("other", "old", RED);

        cache.invalidateTag("red");
        maker.time().advance(Duration.ofMinutes(1));
        cache.put("k", "new", RED);

        assertThat(listener.lines())
                .containsExactly("CREATED k=old was null", "CREATED other=old was null", "CREATED k=new was null");
    }

    @Test
    void entryWithTagsExpiresAndIsToldOf() {
        LarderCache<String, String> cache = cache(Shape.LISTENER);
        cache.put("k", "v", Duration.ofSeconds(5), RED);

        maker.time().advance(Duration.ofSeconds(5));

        assertThat(cache.get("k")).isNull();
        maker.time().advance(Duration.ofSeconds(5));
        await().untilAsserted(() -> assertThat(listener.lines()).contains("EXPIRED k=v was v"));
    }

    @Test
    void invalidationCountsNothing() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().statistics(true));
        CacheStatisticsMXBean statistics = Beans.statistics(cache);
        cache.put("k", "v", RED);

        cache.invalidateTag("red");
        cache.get("k");

        assertThat(statistics.getCachePuts()).isOne();
        assertThat(statistics.getCacheRemovals()).isZero();
        assertThat(statistics.getCacheEvictions()).isZero();
        assertThat(statistics.getCacheMisses()).isOne();
        assertThat(statistics.getCacheHits()).isZero();
    }

    @Test
    void invalidatedEntriesFreeTheirRoom() {
        LarderCache<String, String> cache = cache(Shape.ETERNAL);
        cache.put("k", "v", RED);
        cache.put("l", "v", Duration.ofHours(1), RED);
        cache.put("m", "v");

        cache.invalidateTag("red");
        maker.time().advance(Duration.ofSeconds(5));

        assertThat(cache.estimatedSize()).isOne();
    }

    @Test
    void valuesWithTagsAreCopied() {
        LarderCache<String, int[]> cache = maker.make(CacheSettings.builder(String.class, int[].class));
        int[] value = {1};

        cache.put("k", value, RED);
        value[0] = 2;
        cache.get("k")[0] = 3;

        assertThat(cache.get("k")).containsExactly(1);
    }

    @Test
    void tagsHaveLimits() {
        LarderCache<String, String> cache = cache(Shape.ETERNAL);
        Set<String> many =
                IntStream.rangeClosed(0, 64).mapToObj(i -> "tag " + i).collect(Collectors.toSet());

        assertThatThrownBy(() -> cache.put("k", "v", many))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an entry can have 64 tags, not 65");
        assertThatThrownBy(() -> cache.put("k", "v", Set.of("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a tag must not be empty");
        assertThatThrownBy(() -> cache.invalidateTag("x".repeat(257)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a tag can have 256 characters, not 257: xxx");
        assertThatThrownBy(() -> invoke(cache, "k", entry -> {
                    entry.setValue("v");
                    entry.setTags(many.toArray(String[]::new));
                }))
                .hasRootCauseMessage("an entry can have 64 tags, not 65");
        assertThat(cache).isEmpty();
    }

    @Test
    void noTagsAreNoTags() {
        LarderCache<String, String> cache = cache(Shape.ETERNAL);

        cache.put("k", "v", Set.of());
        cache.invalidateTags(Set.of());

        assertThat(cache.get("k")).isEqualTo("v");
    }

    private static final class Tagless<K, V> extends ForwardingStore<K, V> {

        Tagless(StoreContext<K, V> context) {
            super(context);
        }

        @Override
        public StoreTraits traits() {
            StoreTraits own = super.traits();
            return new StoreTraits(
                    own.durable(), own.shared(), own.copiesValues(), own.scans(), own.expiryNews(), own.ownClock());
        }
    }

    static final StoreFactory TAGLESS = new StoreFactory() {
        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            return new Tagless<>(context);
        }
    };

    @Test
    void storeThatKnowsNoTagsIsNotGivenAny() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().store(TAGLESS));
        String message = "cache \"" + cache.getName() + "\": its store knows no tags";

        assertThatThrownBy(() -> cache.put("k", "v", RED))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> cache.invalidateTag("red"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> invoke(cache, "k", entry -> entry.setTags("red")))
                .hasRootCauseMessage(message);
        cache.put("k", "v", Set.of());
        assertThat(cache.get("k")).isEqualTo("v");
    }

    @Test
    void closedCacheInvalidatesNothing() {
        LarderCache<String, String> cache = cache(Shape.ETERNAL);
        cache.close();

        assertThatThrownBy(() -> cache.invalidateTag("red")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cache.put("k", "v", RED)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void invalidationThatFailsIsMadeGoodBeforeTheStoreIsBelieved() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings()
                .store(server)
                .onStoreFailure(OnStoreFailure.DEGRADE)
                .maxStale(Duration.ofHours(1)));
        cache.put("red", "v", RED);
        cache.put("green", "v", Set.of("green"));

        server.turn(SharedHeap.Mood.DOWN);
        assertThatThrownBy(() -> cache.invalidateTag("red"))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("no server at home");
        server.turn(SharedHeap.Mood.WELL);

        assertThat(cache.get("red")).isNull();
        assertThat(cache.get("green")).isEqualTo("v");
    }
}
