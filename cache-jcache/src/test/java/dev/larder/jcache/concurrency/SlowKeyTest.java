package dev.larder.jcache.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One key is busy, in user code that takes its time; 10,000 others must not notice. The user code goes on only when all of
 * them are done, so that one that waits for it waits for ever.
 */
@Timeout(600)
class SlowKeyTest {

    private static final int OTHERS = 10_000;

    @RegisterExtension
    final TestCaches caches = TestCaches.onSystemTime();

    @RegisterExtension
    final Crew crew = new Crew();

    private final Holdup busy = new Holdup();

    /** What kind of keys: the first is busy, the others share its place in many a table. */
    enum Keys {
        /** Small numbers, each in a table that begins small. */
        INTEGERS {
            @Override
            List<Object> keys() {
                return IntStream.rangeClosed(0, OTHERS).<Object>mapToObj(i -> i).toList();
            }
        },
        /** All with one hash code, in one bin of every table. */
        COLLIDING_STRINGS {
            @Override
            List<Object> keys() {
                return IntStream.rangeClosed(0, OTHERS)
                        .<Object>mapToObj(Keys::collidingString)
                        .toList();
            }
        };

        abstract List<Object> keys();

        private static String collidingString(int number) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < 14; bit++) {
                text.append((number & (1 << bit)) == 0 ? "Aa" : "BB");
            }
            return text.toString();
        }
    }

    /** What is slow. Each is a piece of user code that stays while it works on the busy key. */
    @SuppressWarnings("ImmutableEnumChecker") // the uses keep nothing
    enum Slow {
        LOAD_OF_GET(Code.LOADER, (cache, key) -> cache.get(key)),
        LOAD_OF_GET_ALL(Code.LOADER, (cache, key) -> cache.getAll(Set.of(key))),
        LOAD_OF_LOAD_ALL(Code.LOADER, (cache, key) -> cache.loadAll(Set.of(key), false, null)),
        LOAD_OF_INVOKE(Code.LOADER, (cache, key) -> cache.invoke(key, (entry, arguments) -> entry.getValue())),
        WRITE_OF_PUT(Code.WRITER, (cache, key) -> cache.put(key, "put")),
        WRITE_OF_PUT_ALL(Code.WRITER, (cache, key) -> cache.putAll(Map.of(key, "put"))),
        WRITE_OF_REMOVE(Code.WRITER, (cache, key) -> cache.remove(key)),
        WRITE_OF_REMOVE_ALL(Code.WRITER, (cache, key) -> cache.removeAll(Set.of(key))),
        WRITE_OF_INVOKE(
                Code.WRITER,
                (cache, key) -> cache.invoke(key, (entry, arguments) -> {
                    entry.setValue("put");
                    return null;
                })),
        LISTENER_OF_PUT(Code.LISTENER, (cache, key) -> cache.put(key, "put")),
        LISTENER_OF_PUT_ALL(Code.LISTENER, (cache, key) -> cache.putAll(Map.of(key, "put"))),
        LISTENER_OF_LOAD(Code.LISTENER, (cache, key) -> cache.get(key)),
        PROCESSOR(Code.PROCESSOR, (cache, key) -> {});

        private final Code code;
        private final Use use;

        Slow(Code code, Use use) {
            this.code = code;
            this.use = use;
        }
    }

    enum Code {
        LOADER,
        WRITER,
        LISTENER,
        PROCESSOR
    }

    @FunctionalInterface
    interface Use {
        void use(Cache<Object, String> cache, Object key);
    }

    /** What kind of cache. */
    enum Kind {
        UNBOUNDED,
        EVICTING,
        BY_VALUE;

        CacheSettings.Builder<Object, String> settings() {
            CacheSettings.Builder<Object, String> settings = CacheSettings.builder(Object.class, String.class);
            return switch (this) {
                case UNBOUNDED -> settings.storeByReference();
                case EVICTING -> settings.storeByReference().maximumSize(OTHERS / 10);
                case BY_VALUE -> settings;
            };
        }
    }

    static Stream<Arguments> kindsAndSlownesses() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(Keys.values())
                        .flatMap(keys -> Stream.of(Slow.values()).map(slow -> Arguments.of(kind, keys, slow))));
    }

    @ParameterizedTest
    @MethodSource("kindsAndSlownesses")
    void whatIsSlowForOneKeyHoldsUpNoOther(Kind kind, Keys keys, Slow slow) {
        List<Object> all = keys.keys();
        Object busyKey = all.get(0);
        List<Object> others = all.subList(1, all.size());
        Cache<Object, String> cache = open(kind, slow, busyKey);

        Task<Void> busyTask = crew.run(() -> {
            if (slow == Slow.PROCESSOR) {
                cache.invoke(busyKey, (entry, arguments) -> {
                    busy.stay();
                    return null;
                });
            } else {
                slow.use.use(cache, busyKey);
            }
        });
        busy.awaitReached();
        Task<Void> writing = crew.run(() -> others.forEach(key -> cache.put(key, "put")));
        Task<Void> reading = crew.run(() -> others.forEach(cache::get));

        writing.get();
        reading.get();
        if (slow != Slow.LOAD_OF_LOAD_ALL) {
            assertThat(busyTask.isDone()).isFalse();
        }
        busy.release();
        busyTask.get();
        cache.put(busyKey, "put");
        assertThat(cache.get(busyKey)).isEqualTo("put");
    }

    private Cache<Object, String> open(Kind kind, Slow slow, Object busyKey) {
        CacheSettings.Builder<Object, String> settings = kind.settings();
        Consumer<Object> stay = key -> {
            if (key.equals(busyKey)) {
                busy.stay();
            }
        };
        switch (slow.code) {
            case LOADER -> settings.loader(loader(stay));
            case WRITER -> settings.writer(new MapWriter<>(stay));
            case LISTENER ->
                settings.loader(loader(key -> {}))
                        .listener(new MutableCacheEntryListenerConfiguration<>(
                                new FactoryBuilder.SingletonFactory<>(
                                        new EveryListener<Object, String>(event -> stay.accept(event.getKey()))),
                                null,
                                false,
                                true));
            case PROCESSOR -> settings.loader(loader(key -> {}));
        }
        return caches.create(settings);
    }

    private static TestLoader<Object, String> loader(Consumer<Object> before) {
        return new TestLoader<>(key -> {
            before.accept(key);
            return "loaded";
        });
    }

    /** A bulk load comes to a key that a processor works on, and must hand out the others before it waits for that. */
    @ParameterizedTest
    @MethodSource("bulkLoads")
    void bulkLoadThatMeetsABusyKeyHandsOutTheOthers(Use bulkLoad) {
        Cache<Object, String> cache =
                caches.create(CacheSettings.builder(Object.class, String.class).loader(loader(key -> {})));
        Task<Object> processor = crew.start(() -> cache.invoke("busy", (entry, arguments) -> {
            busy.stay();
            return null;
        }));
        busy.awaitReached();

        Task<Void> bulk = crew.run(() -> bulkLoad.use(cache, "busy"));
        Task<Void> gets = crew.run(() -> {
            for (int i = 0; i < 100; i++) {
                assertThat(cache.get("other " + i)).isEqualTo("loaded");
            }
        });

        gets.get();
        assertThat(processor.isDone()).isFalse();
        busy.release();
        processor.get();
        bulk.get();
    }

    static Stream<Arguments> bulkLoads() {
        return Stream.<Use>of(
                        (cache, key) -> cache.getAll(withOthers(key)),
                        (cache, key) -> cache.loadAll(withOthers(key), false, null),
                        (cache, key) -> cache.loadAll(withOthers(key), true, null))
                .map(Arguments::of);
    }

    private static Set<Object> withOthers(Object key) {
        return Stream.concat(Stream.of(key), IntStream.range(0, 100).mapToObj(i -> "other " + i))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Test
    void processorMayReadAKeyThatABulkLoadHasLoaded() {
        Cache<Object, String> cache =
                caches.create(CacheSettings.builder(Object.class, String.class).loader(loader(key -> {})));
        Holdup bulkIsStoring = new Holdup();
        Task<String> processor = crew.start(() -> cache.invoke("busy", (entry, arguments) -> {
            bulkIsStoring.stay();
            return cache.get("other 99");
        }));
        bulkIsStoring.awaitReached();
        Task<Void> bulk = crew.run(() -> cache.getAll(withOthers("busy")));
        bulk.awaitWaiting();
        bulkIsStoring.release();

        assertThat(processor.get()).isEqualTo("loaded");
        bulk.get();
    }

    @Test
    void slowPutAllOfKeysWithOneHashCodeHoldsUpNoOtherSuch() {
        MapWriter<String, String> writer = new MapWriter<>(key -> {
            if (key.equals("Aa")) {
                busy.stay();
            }
        });
        Cache<String, String> cache =
                caches.create(CacheSettings.builder(String.class, String.class).writer(writer));
        Task<Void> slow = crew.run(() -> cache.putAll(Map.of("Aa", "1", "BB", "1")));
        busy.awaitReached();

        crew.run(() -> cache.putAll(Map.of("AaAa", "2", "BBBB", "2", "AaBB", "2")))
                .get();
        crew.run(() -> cache.removeAll(Set.of("AaAa", "BBBB"))).get();

        assertThat(slow.isDone()).isFalse();
        busy.release();
        slow.get();
        assertThat(cache.getAll(Set.of("Aa", "BB", "AaBB", "AaAa"))).isEqualTo(writer.database());
    }
}
