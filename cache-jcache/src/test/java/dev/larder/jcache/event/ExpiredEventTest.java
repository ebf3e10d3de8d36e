package dev.larder.jcache.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.CountingPolicy;
import dev.larder.jcache.fixture.ForwardingStore;
import dev.larder.jcache.fixture.Parallel;
import dev.larder.jcache.fixture.RecordingListener;
import dev.larder.jcache.fixture.RecordingListener.Told;
import dev.larder.store.Change;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.EventType;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class ExpiredEventTest {

    private static final Duration TTL = Duration.ofSeconds(10);

    private final CacheMaker maker = new CacheMaker();
    private final Parallel parallel = new Parallel();
    private final RecordingListener<String, String> listener = new RecordingListener<>();

    @AfterEach
    void close() {
        parallel.close();
        maker.close();
    }

    private CacheSettings.Builder<String, String> settings() {
        return CacheMaker.strings().expireAfterWrite(TTL).listener(listener.synchronously());
    }

    private MutableCacheEntryListenerConfiguration<String, String> configuration(boolean synchronous) {
        return synchronous ? listener.synchronously() : listener.asynchronously();
    }

    @ParameterizedTest(name = "synchronous: {0}")
    @ValueSource(booleans = {true, false})
    void entryThatNobodyTouchesIsToldOnceAtItsDeadline(boolean synchronous) {
        LarderCache<String, String> cache =
                maker.make(CacheMaker.strings().expireAfterWrite(TTL).listener(configuration(synchronous)));
        cache.put("k", "v");
        await().until(() -> listener.told().size() == 1);

        maker.time().advance(TTL.minusMillis(1));
        assertThat(listener.told(EventType.EXPIRED)).isEmpty();
        assertThat(cache.estimatedSize()).isEqualTo(1);

        maker.time().advance(Duration.ofMillis(1));
        await().until(() -> listener.told().size() == 2);
        assertThat(cache.estimatedSize()).isZero();

        assertThat(cache.get("k")).isNull();
        maker.time().advance(TTL.multipliedBy(10));
        cache.put("other", "o");
        await().until(() -> listener.told().size() == 3);
        assertThat(listener.lines())
                .containsExactly("CREATED k=v was null", "EXPIRED k=v was v", "CREATED other=o was null");
    }

    static Stream<Arguments> creations() {
        return Stream.of(
                creation("put", cache -> cache.put("k", "new")),
                creation("put with a TTL", cache -> cache.put("k", "new", TTL)),
                creation("putAll", cache -> cache.putAll(Map.of("k", "new"))),
                creation("putIfAbsent", cache -> cache.putIfAbsent("k", "new")),
                creation("putIfAbsent with a TTL", cache -> cache.putIfAbsent("k", "new", TTL)),
                creation("getAndPut", cache -> cache.getAndPut("k", "new")),
                creation(
                        "a processor that sets",
                        cache -> cache.invoke("k", (entry, arguments) -> {
                            entry.setValue("new");
                            return null;
                        })),
                creation("a load by get", cache -> cache.get("k")),
                creation("a load by getAll", cache -> cache.getAll(Set.of("k"))),
                creation("a load by a processor", cache -> cache.invoke("k", (entry, arguments) -> entry.getValue())));
    }

    private static Arguments creation(String name, Consumer<LarderCache<String, String>> creation) {
        return Arguments.of(name, creation);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("creations")
    void creationThatFindsADeadEntryTellsOfThatFirst(String name, Consumer<LarderCache<String, String>> creation) {
        LarderCache<String, String> cache = maker.make(settings().loader(new LoadsNew()));
        cache.put("k", "old");
        maker.time().skip(TTL);

        creation.accept(cache);

        assertThat(listener.lines())
                .as(name)
                .containsExactly("CREATED k=old was null", "EXPIRED k=old was old", "CREATED k=new was null");
        maker.time().advance(Duration.ZERO);
        assertThat(listener.told()).hasSize(3);
    }

    private record LoadsNew() implements CacheLoader<String, String> {

        @Override
        public String load(String key) {
            return "new";
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            return Map.of("k", "new");
        }
    }

    static Stream<Arguments> operationsThatFindNothing() {
        return Stream.of(
                creation("get", cache -> cache.get("k")),
                creation("containsKey", cache -> cache.containsKey("k")),
                creation("getAll", cache -> cache.getAll(Set.of("k"))),
                creation("remove", cache -> cache.remove("k")),
                creation("remove of a value", cache -> cache.remove("k", "old")),
                creation("getAndRemove", cache -> cache.getAndRemove("k")),
                creation("replace", cache -> cache.replace("k", "new")),
                creation("replace of a value", cache -> cache.replace("k", "old", "new")),
                creation("getAndReplace", cache -> cache.getAndReplace("k", "new")),
                creation("removeAll", cache -> cache.removeAll(Set.of("k"))),
                creation("touch", cache -> cache.touch("k", TTL)),
                creation(
                        "a processor that removes",
                        cache -> cache.invoke("k", (entry, arguments) -> {
                            entry.remove();
                            return null;
                        })),
                creation("a put of nothing", cache -> cache.put("k", "new", Duration.ZERO)),
                creation("an iteration", cache -> cache.forEach(entry -> {})));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operationsThatFindNothing")
    void deadEntryIsToldOnceWhateverElseComesAcrossIt(String name, Consumer<LarderCache<String, String>> operation) {
        LarderCache<String, String> cache = maker.make(settings());
        cache.put("k", "old");
        maker.time().skip(TTL);

        operation.accept(cache);
        maker.time().advance(Duration.ZERO);

        await().until(() -> listener.told().size() == 2);
        operation.accept(cache);
        maker.time().advance(TTL);
        cache.put("k", "end");
        assertThat(listener.lines())
                .as(name)
                .containsExactly("CREATED k=old was null", "EXPIRED k=old was old", "CREATED k=end was null");
    }

    @Test
    void clearedEntryNeverExpires() {
        LarderCache<String, String> cache = maker.make(settings());
        cache.put("k", "v");

        cache.clear();
        maker.time().advance(TTL.multipliedBy(2));
        cache.put("end", "e");

        assertThat(listener.lines()).containsExactly("CREATED k=v was null", "CREATED end=e was null");
    }

    @Test
    void entryThatWasDeadWhenItHadToMakeRoomExpires() {
        LarderCache<String, String> cache = maker.make(settings().maximumSize(1).statistics(true));
        cache.put("k", "v");
        maker.time().skip(TTL);
        for (int i = 0; i < 100; i++) {
            cache.put("k" + i, "v");
        }
        await().until(() -> cache.estimatedSize() <= 1);

        maker.time().advance(TTL);

        await().untilAsserted(() -> assertThat(listener.lines()).containsOnlyOnce("EXPIRED k=v was v"));
    }

    @Test
    void zeroOnCreationIsNoEvent() {
        CountingPolicy policy = new CountingPolicy().onCreation(javax.cache.expiry.Duration.ZERO);
        LarderCache<String, String> cache =
                maker.make(CacheMaker.strings().expiryPolicy(() -> policy).listener(listener.synchronously()));

        cache.put("k", "v");
        cache.putIfAbsent("k", "v");
        cache.getAndPut("k", "v");

        assertThat(listener.told()).isEmpty();
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void zeroOnUpdateUpdatesAndExpires() {
        CountingPolicy policy = new CountingPolicy().onUpdate(javax.cache.expiry.Duration.ZERO);
        LarderCache<String, String> cache =
                maker.make(CacheMaker.strings().expiryPolicy(() -> policy).listener(listener.synchronously()));
        cache.put("k", "v");

        cache.put("k", "w");

        assertThat(cache.containsKey("k")).isFalse();
        assertThat(listener.lines()).containsExactly("CREATED k=v was null", "UPDATED k=w was v", "EXPIRED k=w was w");
    }

    static Stream<Arguments> accesses() {
        return Stream.of(
                creation("get", cache -> assertThat(cache.get("k")).isEqualTo("v")),
                creation(
                        "getAll", cache -> assertThat(cache.getAll(Set.of("k"))).containsEntry("k", "v")),
                creation("a replace that is refused", cache -> cache.replace("k", "x", "y")),
                creation("a removal that is refused", cache -> cache.remove("k", "x")),
                creation("a processor that reads", cache -> cache.invoke("k", (entry, arguments) -> entry.getValue())),
                creation("an iteration", cache -> cache.iterator().next()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accesses")
    void zeroOnAccessExpiresBeforeTheCallReturns(String name, Consumer<LarderCache<String, String>> access) {
        CountingPolicy policy = new CountingPolicy().onAccess(javax.cache.expiry.Duration.ZERO);
        LarderCache<String, String> cache =
                maker.make(CacheMaker.strings().expiryPolicy(() -> policy).listener(listener.synchronously()));
        cache.put("k", "v");

        access.accept(cache);

        assertThat(cache.containsKey("k")).as(name).isFalse();
        assertThat(listener.lines()).containsExactly("CREATED k=v was null", "EXPIRED k=v was v");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accesses")
    void zeroOnAccessOfAStockPolicyExpiresBeforeTheCallReturns(
            String name, Consumer<LarderCache<String, String>> access) {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings()
                .expiryPolicy(AccessedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ZERO))
                .listener(listener.synchronously()));
        cache.put("k", "v", TTL);

        access.accept(cache);

        assertThat(cache.containsKey("k")).as(name).isFalse();
        assertThat(listener.lines()).containsExactly("CREATED k=v was null", "EXPIRED k=v was v");
    }

    @ParameterizedTest(name = "synchronous: {0}")
    @ValueSource(booleans = {true, false})
    void eventsFormAChainWhileEntriesExpireUnderWriters(boolean synchronous) throws Exception {
        List<String> keys = List.of("a", "b", "c");
        AtomicBoolean done = new AtomicBoolean();
        LarderCache<String, String> cache = maker.make(
                CacheMaker.strings().expireAfterWrite(Duration.ofMillis(3)).listener(configuration(synchronous)));
        var clock = parallel.start(() -> {
            while (!done.get()) {
                // steps that reach deadlines, and steps that let a sweep run
                maker.time().skip(Duration.ofMillis(1));
                maker.time().advance(Duration.ofSeconds(1));
            }
            return null;
        });

        parallel.run(3, thread -> {
            for (int i = 0; i < 5_000; i++) {
                String key = keys.get((i + thread) % 3);
                switch (i % 7) {
                    case 0 -> cache.remove(key);
                    case 1 -> cache.putIfAbsent(key, thread + "/" + i);
                    case 2 -> cache.replace(key, thread + "/" + i);
                    case 3 -> cache.put(key, thread + "/" + i, Duration.ofMillis(1));
                    default -> cache.put(key, thread + "/" + i);
                }
            }
        });
        done.set(true);
        Parallel.resultOf(clock);
        // the clock may have made hours of the moment that the last sweep took, and so of the pause after it
        maker.time().advance(Duration.ofDays(365));

        await().untilAsserted(() -> keys.forEach(this::assertChainToTheEnd));
        assertThat(listener.told(EventType.EXPIRED)).isNotEmpty();
    }

    /** Each event starts from where the one before ended, and at last nothing is left. */
    private void assertChainToTheEnd(String key) {
        String current = null;
        for (Told<String, String> event : listener.told()) {
            if (event.key().equals(key)) {
                assertThat(event.old()).as("%s after %s", event, current).isEqualTo(current);
                boolean isEnd = event.type() == EventType.REMOVED || event.type() == EventType.EXPIRED;
                current = isEnd ? null : event.value();
            }
        }
        assertThat(current).as("what is left of " + key).isNull();
    }

    @Test
    void sameValueThatExpiredJustBeforeItIsPutAgainIsToldFirst() {
        AtomicReference<Runnable> beforeWrite = new AtomicReference<>();
        LarderCache<String, String> cache = maker.make(settings().store(new HookedFactory(beforeWrite)));
        cache.put("k", "v");
        maker.time().skip(TTL);

        beforeWrite.set(() -> maker.time().advance(Duration.ZERO));
        cache.put("k", "v");

        await().untilAsserted(() -> assertThat(listener.lines())
                .containsExactly("CREATED k=v was null", "EXPIRED k=v was v", "CREATED k=v was null"));
        assertThat(cache.get("k")).isEqualTo("v");
    }

    @Test
    void valueThatExpiresBeforeItsPutReturnsIsToldAfterIt() {
        AtomicReference<Runnable> afterWrite = new AtomicReference<>();
        LarderCache<String, String> cache =
                maker.make(settings().store(new HookedFactory(new AtomicReference<>(), afterWrite)));

        afterWrite.set(() -> maker.time().advance(TTL));
        cache.put("k", "v");

        await().untilAsserted(() ->
                assertThat(listener.lines()).containsExactly("CREATED k=v was null", "EXPIRED k=v was v"));
    }

    @Test
    void updateThatExpiresBeforeItsPutReturnsIsToldAfterIt() {
        AtomicReference<Runnable> afterWrite = new AtomicReference<>();
        LarderCache<String, String> cache =
                maker.make(settings().store(new HookedFactory(new AtomicReference<>(), afterWrite)));
        cache.put("k", "v");

        afterWrite.set(() -> maker.time().advance(TTL));
        cache.put("k", "v");

        await().untilAsserted(() -> assertThat(listener.lines())
                .containsExactly("CREATED k=v was null", "UPDATED k=v was v", "EXPIRED k=v was v"));
    }

    /** Opens a store that does something once before, or after, it writes. */
    private record HookedFactory(AtomicReference<Runnable> beforeWrite, AtomicReference<Runnable> afterWrite)
            implements StoreFactory {

        HookedFactory(AtomicReference<Runnable> beforeWrite) {
            this(beforeWrite, new AtomicReference<>());
        }

        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            return new ForwardingStore<>(context) {
                @Override
                public Outcome<V> write(K key, Change<V> change) {
                    runOnce(beforeWrite);
                    Outcome<V> outcome = super.write(key, change);
                    runOnce(afterWrite);
                    return outcome;
                }
            };
        }

        private static void runOnce(AtomicReference<Runnable> hook) {
            Runnable action = hook.getAndSet(null);
            if (action != null) {
                action.run();
            }
        }
    }

    @Test
    void nothingExpiresAfterTheCacheIsClosed() {
        LarderCache<String, String> cache = maker.make(settings());
        cache.put("k", "v");

        cache.close();
        maker.time().advance(TTL.multipliedBy(2));

        await().during(Duration.ofMillis(50))
                .untilAsserted(
                        () -> assertThat(listener.told(EventType.EXPIRED)).isEmpty());
    }

    @Test
    void failureOfAListenerOnAnEventThatNobodyWaitsForStopsNothing() {
        listener.thenDo(event -> {
            if (event.type() == EventType.EXPIRED) {
                throw new IllegalArgumentException("no");
            }
        });
        LarderCache<String, String> cache = maker.make(settings());
        cache.put("a", "1");
        cache.put("b", "2");

        maker.time().advance(TTL);

        await().until(() -> listener.told(EventType.EXPIRED).size() == 2);
        cache.put("a", "3");
        assertThat(listener.lines()).endsWith("CREATED a=3 was null");
    }
}
