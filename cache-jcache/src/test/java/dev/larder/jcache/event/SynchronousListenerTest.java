package dev.larder.jcache.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.jcache.LarderCache;
import dev.larder.jcache.concurrency.MapWriter;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.Parallel;
import dev.larder.jcache.fixture.RecordingListener;
import dev.larder.jcache.fixture.RecordingListener.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriterException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(300)
class SynchronousListenerTest {

    private final CacheMaker maker = new CacheMaker();
    private final Parallel parallel = new Parallel();
    private final RecordingListener<String, String> listener = new RecordingListener<>();

    @AfterEach
    void close() {
        parallel.close();
        maker.close();
    }

    private LarderCache<String, String> cacheWith(RecordingListener<String, String> first) {
        return maker.make(CacheMaker.strings().listener(first.synchronously()));
    }

    static Stream<Arguments> operations() {
        return Stream.of(
                operation("put of an absent key", cache -> cache.put("new", "1"), "CREATED new=1 was null"),
                operation("put of a present key", cache -> cache.put("old", "1"), "UPDATED old=1 was 0"),
                operation(
                        "put with a TTL",
                        cache -> cache.put("new", "1", Duration.ofMinutes(1)),
                        "CREATED new=1 was null"),
                operation("getAndPut", cache -> cache.getAndPut("old", "1"), "UPDATED old=1 was 0"),
                operation(
                        "putIfAbsent of an absent key",
                        cache -> cache.putIfAbsent("new", "1"),
                        "CREATED new=1 was null"),
                operation("putIfAbsent of a present key", cache -> cache.putIfAbsent("old", "1")),
                operation(
                        "putIfAbsent with a TTL",
                        cache -> cache.putIfAbsent("new", "1", Duration.ofMinutes(1)),
                        "CREATED new=1 was null"),
                operation("putAll", cache -> cache.putAll(Map.of("old", "1")), "UPDATED old=1 was 0"),
                operation("replace of an absent key", cache -> cache.replace("new", "1")),
                operation("replace", cache -> cache.replace("old", "1"), "UPDATED old=1 was 0"),
                operation("replace of the right value", cache -> cache.replace("old", "0", "1"), "UPDATED old=1 was 0"),
                operation("replace of a wrong value", cache -> cache.replace("old", "9", "1")),
                operation("getAndReplace", cache -> cache.getAndReplace("old", "1"), "UPDATED old=1 was 0"),
                operation("remove of an absent key", cache -> cache.remove("new")),
                operation("remove", cache -> cache.remove("old"), "REMOVED old=0 was 0"),
                operation("remove of the right value", cache -> cache.remove("old", "0"), "REMOVED old=0 was 0"),
                operation("remove of a wrong value", cache -> cache.remove("old", "9")),
                operation("getAndRemove", cache -> cache.getAndRemove("old"), "REMOVED old=0 was 0"),
                operation("removeAll of keys", cache -> cache.removeAll(Set.of("old", "new")), "REMOVED old=0 was 0"),
                operation("removeAll", Cache::removeAll, "REMOVED old=0 was 0"),
                operation("get", cache -> cache.get("old")),
                operation("touch", cache -> cache.touch("old", Duration.ofMinutes(1))),
                operation("touch with zero", cache -> cache.touch("old", Duration.ZERO), "EXPIRED old=0 was 0"),
                operation("put with zero of an absent key", cache -> cache.put("new", "1", Duration.ZERO)),
                operation(
                        "put with zero of a present key",
                        cache -> cache.put("old", "1", Duration.ZERO),
                        "UPDATED old=1 was 0",
                        "EXPIRED old=1 was 1"),
                operation("putIfAbsent with zero", cache -> cache.putIfAbsent("new", "1", Duration.ZERO)),
                operation("invalidate", cache -> cache.invalidate("old")),
                operation("invalidateAll", cache -> cache.invalidateAll(Set.of("old"))),
                operation("clear", Cache::clear),
                operation(
                        "a processor that sets twice",
                        cache -> cache.invoke("old", (entry, arguments) -> {
                            entry.setValue("1");
                            entry.setValue("2");
                            return null;
                        }),
                        "UPDATED old=2 was 0"),
                operation(
                        "a processor that sets and removes",
                        cache -> cache.invoke("new", (entry, arguments) -> {
                            entry.setValue("1");
                            entry.remove();
                            return null;
                        })),
                operation(
                        "a processor that removes and sets",
                        cache -> cache.invoke("old", (entry, arguments) -> {
                            entry.remove();
                            entry.setValue("1");
                            return null;
                        }),
                        "UPDATED old=1 was 0"),
                operation(
                        "iterator.remove",
                        cache -> {
                            var iterator = cache.iterator();
                            iterator.next();
                            iterator.remove();
                        },
                        "REMOVED old=0 was 0"));
    }

    private static Arguments operation(String name, Consumer<LarderCache<String, String>> operation, String... events) {
        return Arguments.of(name, operation, List.of(events));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void eventsAreDeliveredWhenTheCallReturns(
            String name, Consumer<LarderCache<String, String>> operation, List<String> events) {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings());
        cache.put("old", "0");
        cache.registerCacheEntryListener(listener.synchronously());

        operation.accept(cache);

        assertThat(listener.lines()).as(name).isEqualTo(events);
    }

    @Test
    void loadedValueIsCreated() {
        LarderCache<String, String> cache = maker.make(
                CacheMaker.strings().listener(listener.synchronously()).loader(new Echo()));

        assertThat(cache.get("a")).isEqualTo("loaded a");
        assertThat(cache.getAll(Set.of("b"))).containsEntry("b", "loaded b");
        cache.invoke("c", (entry, arguments) -> entry.getValue());

        assertThat(listener.lines())
                .containsExactly(
                        "CREATED a=loaded a was null", "CREATED b=loaded b was null", "CREATED c=loaded c was null");
    }

    private record Echo() implements CacheLoader<String, String> {

        @Override
        public String load(String key) {
            return "loaded " + key;
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            Map<String, String> all = new HashMap<>();
            keys.forEach(key -> all.put(key, load(key)));
            return all;
        }
    }

    @Test
    void eventsOfAKeyFormAChainUnderContention() throws Exception {
        List<String> keys = List.of("a", "b", "c");
        AtomicInteger number = new AtomicInteger();
        AtomicInteger heardTooLate = new AtomicInteger();
        Map<String, Set<String>> heard = new ConcurrentHashMap<>();
        listener.thenDo(event -> {
            if (event.value() != null) {
                heard.computeIfAbsent(event.key(), key -> ConcurrentHashMap.newKeySet())
                        .add(event.value());
            }
        });
        LarderCache<String, String> cache = cacheWith(listener);

        parallel.run(6, thread -> {
            for (int i = 0; i < 4_000; i++) {
                String key = keys.get(ThreadLocalRandom.current().nextInt(keys.size()));
                if (i % 4 == 3) {
                    cache.remove(key);
                    continue;
                }
                String value = "v" + number.incrementAndGet();
                if (i % 4 == 2) {
                    cache.invoke(key, (entry, arguments) -> {
                        entry.setValue(value);
                        return null;
                    });
                } else {
                    cache.put(key, value);
                }
                if (!heard.get(key).contains(value)) {
                    heardTooLate.incrementAndGet();
                }
            }
        });

        keys.forEach(key -> assertChain(cache.get(key), key));
        assertThat(heardTooLate)
                .as("calls that returned before their event was delivered")
                .hasValue(0);
    }

    /** Each event starts from where the one before ended, and the last ends with what is in the cache. */
    private void assertChain(String last, String key) {
        String current = null;
        for (Told<String, String> event : listener.told()) {
            if (!event.key().equals(key)) {
                continue;
            }
            assertThat(event.old()).as("%s after %s", event, current).isEqualTo(current);
            assertThat(event.type() == EventType.CREATED)
                    .as("%s after %s", event, current)
                    .isEqualTo(current == null);
            current = event.type() == EventType.REMOVED ? null : event.value();
        }
        assertThat(last).isEqualTo(current);
    }

    @Test
    void failureOfAListenerReachesTheCallerAndLeavesTheChange() {
        listener.thenDo(event -> {
            throw new IllegalArgumentException("no");
        });
        LarderCache<String, String> cache = cacheWith(listener);

        assertThatThrownBy(() -> cache.put("k", "v"))
                .isInstanceOf(CacheEntryListenerException.class)
                .hasMessageContaining(cache.getName())
                .hasMessageContaining(RecordingListener.class.getName())
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThat(cache.get("k")).isEqualTo("v");

        assertThatThrownBy(() -> cache.getAndPut("k", "w")).isInstanceOf(CacheEntryListenerException.class);
        assertThat(cache.get("k")).isEqualTo("w");

        assertThatThrownBy(() -> cache.remove("k")).isInstanceOf(CacheEntryListenerException.class);
        assertThat(cache.containsKey("k")).isFalse();
        assertThat(listener.lines()).containsExactly("CREATED k=v was null", "UPDATED k=w was v", "REMOVED k=w was w");
    }

    @Test
    void exceptionThatIsRightAlreadyIsNotWrapped() {
        CacheEntryListenerException mine = new CacheEntryListenerException("mine");
        listener.thenDo(event -> {
            throw mine;
        });
        LarderCache<String, String> cache = cacheWith(listener);

        assertThatThrownBy(() -> cache.put("k", "v")).isSameAs(mine);
    }

    @Test
    void otherListenersHearWhatOneFailedOn() {
        RecordingListener<String, String> second = new RecordingListener<>();
        RecordingListener<String, String> third = new RecordingListener<>();
        second.thenDo(event -> {
            throw new IllegalArgumentException("no");
        });
        LarderCache<String, String> cache = maker.make(CacheMaker.strings()
                .listener(listener.synchronously())
                .listener(second.synchronously())
                .listener(third.synchronously()));

        assertThatThrownBy(() -> cache.put("k", "v")).isInstanceOf(CacheEntryListenerException.class);

        assertThat(listener.lines()).containsExactly("CREATED k=v was null");
        assertThat(third.lines()).containsExactly("CREATED k=v was null");
    }

    @Test
    void failureOfAListenerDoesNotCutBulkOperationsShort() {
        Map<String, String> three = Map.of("a", "1", "b", "2", "c", "3");
        listener.thenDo(event -> {
            throw new IllegalArgumentException("no");
        });
        LarderCache<String, String> cache = cacheWith(listener);

        assertThatThrownBy(() -> cache.putAll(three)).isInstanceOf(CacheEntryListenerException.class);
        assertThat(cache.getAll(three.keySet())).isEqualTo(three);

        assertThatThrownBy(() -> cache.removeAll(three.keySet())).isInstanceOf(CacheEntryListenerException.class);
        assertThat(cache.getAll(three.keySet())).isEmpty();
        assertThat(listener.told()).hasSize(6);
    }

    @Test
    void failureOfAWriterIsNotHiddenByOneOfAListener() {
        listener.thenDo(event -> {
            throw new IllegalArgumentException("no");
        });
        MapWriter<String, String> writer = new MapWriter<>(key -> {
            if (key.equals("z")) {
                throw new IllegalStateException("database is full");
            }
        });
        LarderCache<String, String> cache = maker.make(
                CacheMaker.strings().listener(listener.synchronously()).writer(writer));
        Map<String, String> two = new TreeMap<>(Map.of("a", "1", "z", "2"));

        assertThatThrownBy(() -> cache.putAll(two))
                .isInstanceOf(CacheWriterException.class)
                .hasRootCauseMessage("database is full")
                .extracting(Throwable::getSuppressed, InstanceOfAssertFactories.array(Throwable[].class))
                .hasOnlyElementsOfType(CacheEntryListenerException.class)
                .hasSize(1);
        assertThat(cache.containsKey("a")).isTrue();

        assertThatThrownBy(() -> cache.removeAll(two.keySet()))
                .isInstanceOf(CacheWriterException.class)
                .hasRootCauseMessage("database is full");
        assertThat(cache.containsKey("a")).isFalse();
        assertThat(listener.lines()).containsExactly("CREATED a=1 was null", "REMOVED a=1 was 1");
    }

    @Test
    void failureOfAListenerDoesNotCutLoadsShort() {
        Set<String> three = Set.of("a", "b", "c");
        listener.thenDo(event -> {
            throw new IllegalArgumentException("no");
        });
        LarderCache<String, String> cache = maker.make(
                CacheMaker.strings().listener(listener.synchronously()).loader(new Echo()));

        assertThatThrownBy(() -> cache.getAll(three)).isInstanceOf(CacheEntryListenerException.class);

        three.forEach(key -> assertThat(cache.containsKey(key)).as(key).isTrue());
    }

    @Test
    void failureInInvokeReachesTheCallerAndLeavesTheChange() {
        listener.thenDo(event -> {
            throw new IllegalArgumentException("no");
        });
        LarderCache<String, String> cache = cacheWith(listener);

        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> {
                    entry.setValue("v");
                    return null;
                }))
                .isInstanceOf(CacheEntryListenerException.class);

        assertThat(cache.get("k")).isEqualTo("v");
    }

    @Test
    void errorOfAListenerHoldsUpNobodyElse() throws Exception {
        CountDownLatch firstIsTold = new CountDownLatch(1);
        CountDownLatch secondWaits = new CountDownLatch(1);
        listener.thenDo(event -> {
            if (event.value().equals("first")) {
                firstIsTold.countDown();
                Parallel.await(secondWaits);
            } else if (event.value().equals("second")) {
                throw new AssertionError("no");
            }
        });
        LarderCache<String, String> cache = cacheWith(listener);

        Future<Void> first = parallel.start(() -> put(cache, "first"));
        Parallel.await(firstIsTold);
        Future<Void> second = parallel.start(() -> put(cache, "second"));
        await().until(() -> "second".equals(cache.get("k")));
        secondWaits.countDown();

        Parallel.resultOf(first);
        assertThatThrownBy(() -> Parallel.resultOf(second))
                .isInstanceOf(CacheEntryListenerException.class)
                .hasRootCauseInstanceOf(AssertionError.class);
        cache.put("k", "third");
        assertThat(listener.lines()).endsWith("UPDATED k=third was second");
    }

    private static Void put(Cache<String, String> cache, String value) {
        cache.put("k", value);
        return null;
    }

    @Test
    void listenerMayChangeTheSameKey() {
        LarderCache<String, String> cache = cacheWith(listener);
        listener.thenDo(event -> {
            if (event.type() == EventType.CREATED) {
                cache.put("k", event.value() + "!");
            }
        });

        cache.put("k", "v");

        assertThat(cache.get("k")).isEqualTo("v!");
        assertThat(listener.lines()).containsExactly("CREATED k=v was null", "UPDATED k=v! was v");
    }

    @Test
    void listenerMayChangeOtherKeys() {
        LarderCache<String, String> cache = cacheWith(listener);
        listener.thenDo(event -> {
            if (event.key().length() < 4) {
                cache.put(event.key() + "+", event.value());
            }
        });

        cache.put("k", "v");

        assertThat(cache.getAll(Set.of("k", "k+", "k++", "k+++"))).hasSize(4);
        assertThat(listener.told()).hasSize(4);
    }

    @Test
    void listenersThatChangeEachOthersKeysDoNotDeadlock() throws Exception {
        LarderCache<String, String> cache = cacheWith(listener);
        listener.thenDo(event -> {
            if (event.value().startsWith("call")) {
                cache.put(event.key().equals("a") ? "b" : "a", "answer to " + event.value());
            }
        });

        parallel.run(4, thread -> {
            for (int i = 0; i < 2_000; i++) {
                cache.put(thread % 2 == 0 ? "a" : "b", "call " + thread + "/" + i);
            }
        });

        await().untilAsserted(() -> assertThat(listener.told()).hasSize(16_000));
        assertChain(cache.get("a"), "a");
        assertChain(cache.get("b"), "b");
    }

    @Test
    void listenersOfTwoCachesThatChangeEachOthersDoNotDeadlock() throws Exception {
        RecordingListener<String, String> other = new RecordingListener<>();
        LarderCache<String, String> left = cacheWith(listener);
        LarderCache<String, String> right = cacheWith(other);
        listener.thenDo(event -> answer(right, event));
        other.thenDo(event -> answer(left, event));

        parallel.run(4, thread -> {
            for (int i = 0; i < 2_000; i++) {
                (thread % 2 == 0 ? left : right).put("k", "call " + thread + "/" + i);
            }
        });

        await().untilAsserted(() ->
                assertThat(listener.told().size() + other.told().size()).isEqualTo(16_000));
    }

    private static void answer(Cache<String, String> cache, Told<String, String> event) {
        if (event.value().startsWith("call")) {
            cache.put("k", "answer to " + event.value());
        }
    }

    @Test
    void listenerOfOneKeyThatHangsHoldsUpNoOtherKey() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        listener.thenDo(event -> {
            if (event.key().equals("slow")) {
                told.countDown();
                Parallel.await(release);
            }
        });
        LarderCache<String, String> cache = cacheWith(listener);
        Future<Void> slow = parallel.start(() -> {
            cache.put("slow", "v");
            return null;
        });
        Parallel.await(told);

        for (int i = 0; i < 1_000; i++) {
            cache.put("k" + i, "v");
        }

        assertThat(listener.told()).hasSize(1_001);
        assertThat(slow).isNotDone();
        assertThat(cache.get("slow")).isEqualTo("v");
        release.countDown();
        Parallel.resultOf(slow);
    }

    @Test
    void listenersComeAndGoWhileOthersWrite() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<RecordingListener<String, String>> all = new ArrayList<>();
        LarderCache<String, String> cache = cacheWith(listener);
        Future<Void> writer = parallel.start(() -> {
            for (int i = 0; !done.get(); i++) {
                cache.put("k" + i % 8, "v" + i);
                cache.remove("k" + (i + 3) % 8);
            }
            return null;
        });

        for (int i = 0; i < 300; i++) {
            RecordingListener<String, String> passing = new RecordingListener<>();
            all.add(passing);
            MutableCacheEntryListenerConfiguration<String, String> configuration =
                    i % 2 == 0 ? passing.synchronously() : passing.asynchronously();
            cache.registerCacheEntryListener(configuration);
            cache.put("mark", "m" + i);
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> passing.told().stream()
                            .anyMatch(event -> event.key().equals("mark")));
            cache.deregisterCacheEntryListener(configuration);
        }
        done.set(true);
        Parallel.resultOf(writer);

        assertThat(all).allMatch(each -> each.closings() == 1);
        for (int i = 0; i < 8; i++) {
            assertChain(cache.get("k" + i), "k" + i);
        }
    }

    @Test
    void deregisteredListenerHearsNothing() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings());
        MutableCacheEntryListenerConfiguration<String, String> configuration = listener.synchronously();
        cache.registerCacheEntryListener(configuration);
        cache.put("k", "v");

        cache.deregisterCacheEntryListener(configuration);
        cache.deregisterCacheEntryListener(configuration);
        cache.put("k", "w");

        assertThat(listener.told()).hasSize(1);
        assertThat(listener.closings()).isEqualTo(1);
    }
}
