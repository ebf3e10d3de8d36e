package dev.larder.jcache.concurrency;

import static dev.larder.jcache.concurrency.Crew.A_SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Processors, writers, loaders and listeners that use their cache: what works, and what is an error instead of a deadlock. */
@Timeout(600)
class CircleTest {

    @RegisterExtension
    final TestCaches caches = TestCaches.onSystemTime();

    @RegisterExtension
    final Crew crew = new Crew();

    /** Ways to use a key of the cache, each of which needs the key's lock. */
    @SuppressWarnings("ImmutableEnumChecker") // the uses keep nothing
    enum Use {
        PUT((cache, key) -> cache.put(key, "touched")),
        GET_AND_PUT((cache, key) -> cache.getAndPut(key, "touched")),
        PUT_ALL((cache, key) -> cache.putAll(Map.of(key, "touched"))),
        REPLACE((cache, key) -> cache.replace(key, "touched")),
        REPLACE_EXPECTED((cache, key) -> cache.replace(key, "first", "touched")),
        GET_AND_REPLACE((cache, key) -> cache.getAndReplace(key, "touched")),
        REMOVE((cache, key) -> cache.remove(key)),
        REMOVE_EXPECTED((cache, key) -> cache.remove(key, "first")),
        GET_AND_REMOVE((cache, key) -> cache.getAndRemove(key)),
        REMOVE_SOME((cache, key) -> cache.removeAll(Set.of(key))),
        INVOKE((cache, key) -> cache.invoke(key, (entry, arguments) -> entry.getValue())),
        INVOKE_ALL((cache, key) -> cache.invokeAll(Set.of(key), (entry, arguments) -> entry.getKey())
                .values()
                .forEach(result -> result.get()));

        private final Call call;

        Use(Call call) {
            this.call = call;
        }
    }

    @FunctionalInterface
    interface Call {
        void call(Cache<String, String> cache, String key);
    }

    private Cache<String, String> open(Way way) {
        Cache<String, String> cache = way.open(caches, CacheSettings.builder(String.class, String.class), "any");
        cache.put("a", "first");
        cache.put("b", "first");
        // classes are loaded now, so that a second is a second
        cache.invoke("a", (entry, arguments) -> entry.getValue());
        return cache;
    }

    private void assertThatItIsUsable(Cache<String, String> cache) {
        for (String key : List.of("a", "b")) {
            crew.run(() -> cache.put(key, "usable")).get();
            assertThat(crew.start(() -> cache.invoke(key, (entry, arguments) -> entry.getValue()))
                            .get())
                    .isEqualTo("usable");
        }
    }

    static Stream<Arguments> waysAndUses() {
        return Stream.of(Way.values()).flatMap(way -> Stream.of(Use.values()).map(use -> Arguments.of(way, use)));
    }

    private static void stayThenUse(Cache<String, String> cache, String own, CyclicBarrier both, Runnable use) {
        cache.invoke(own, (entry, arguments) -> {
            Crew.await(both);
            use.run();
            return null;
        });
    }

    @ParameterizedTest
    @MethodSource("waysAndUses")
    void processorsThatUseEachOthersKeysGetAnErrorWithinASecond(Way way, Use use) {
        Cache<String, String> cache = open(way);
        CyclicBarrier bothWork = new CyclicBarrier(2);

        Task<Void> a = crew.run(() -> stayThenUse(cache, "a", bothWork, () -> use.call.call(cache, "b")));
        Task<Void> b = crew.run(() -> stayThenUse(cache, "b", bothWork, () -> use.call.call(cache, "a")));

        assertThat(Stream.of(a.failure(A_SECOND), b.failure(A_SECOND)).filter(Objects::nonNull))
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(EntryProcessorException.class)
                        .hasStackTraceContaining("deadlock avoided")
                        .hasStackTraceContaining(cache.getName()));
        assertThatItIsUsable(cache);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void circleOfThreeProcessorsInTwoCachesIsAnErrorWithinASecond(Way way) {
        Cache<String, String> first = open(way);
        Cache<String, String> second = open(way);
        CyclicBarrier allWork = new CyclicBarrier(3);

        List<Task<Void>> tasks = List.of(
                crew.run(() -> stayThenUse(first, "a", allWork, () -> first.put("b", "x"))),
                crew.run(() -> stayThenUse(first, "b", allWork, () -> second.put("a", "x"))),
                crew.run(() -> stayThenUse(second, "a", allWork, () -> first.put("a", "x"))));

        assertThat(tasks.stream().map(task -> task.failure(A_SECOND)).filter(Objects::nonNull))
                .isNotEmpty();
        assertThatItIsUsable(first);
        assertThatItIsUsable(second);
    }

    @ParameterizedTest
    @MethodSource("waysAndUses")
    void processorThatUsesItsOwnKeyThroughTheCacheIsToldSo(Way way, Use use) {
        Cache<String, String> cache = open(way);
        AtomicReference<Throwable> told = new AtomicReference<>();

        Task<Object> processor = crew.start(() -> cache.invoke("a", (entry, arguments) -> {
            try {
                use.call.call(cache, "a");
            } catch (CacheException e) {
                told.set(e);
            }
            entry.setValue("by the entry");
            return null;
        }));

        processor.get(A_SECOND);
        assertThat(told.get()).hasStackTraceContaining("use the entry that it was given");
        assertThat(cache.get("a")).isEqualTo("by the entry");
        assertThatItIsUsable(cache);
    }

    @ParameterizedTest
    @MethodSource("waysAndUses")
    void processorMayUseAnotherKey(Way way, Use use) {
        Cache<String, String> cache = open(way);

        String answer = cache.invoke("a", (entry, arguments) -> {
            use.call.call(cache, "b");
            entry.setValue("set");
            return "done";
        });

        assertThat(answer).isEqualTo("done");
        assertThat(cache.get("a")).isEqualTo("set");
        assertThatItIsUsable(cache);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void processorMayInvokeAnotherThatInvokesAThird(Way way) {
        Cache<String, String> cache = open(way);

        String answer = cache.invoke(
                "a",
                (a, none) -> cache.invoke("b", (b, nothing) -> {
                    b.setValue("b of a");
                    return cache.invoke("c", (c, nil) -> {
                        c.setValue("c of b");
                        return "deep";
                    });
                }));

        assertThat(answer).isEqualTo("deep");
        assertThat(cache.get("b")).isEqualTo("b of a");
        assertThat(cache.get("c")).isEqualTo("c of b");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void processorMayReadItsOwnKeyThroughTheCache(Way way) {
        Cache<String, String> cache = open(way);

        String answer = cache.invoke("a", (entry, arguments) -> {
            entry.setValue("second");
            return cache.get("a") + ", " + cache.getAll(Set.of("a")) + ", " + cache.containsKey("a");
        });

        assertThat(answer).isEqualTo("first, {a=first}, true");
        assertThat(cache.get("a")).isEqualTo("second");
    }

    private Cache<String, String> openWithLoader(Way way, TestLoader<String, String> loader) {
        return way.open(
                caches, CacheSettings.builder(String.class, String.class).loader(loader), "any");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void processorMayHaveItsOwnMissingKeyLoadedThroughTheCache(Way way) {
        TestLoader<String, String> loader = new TestLoader<>(key -> "value of " + key);
        Cache<String, String> cache = openWithLoader(way, loader);

        String read = cache.invoke("k", (entry, arguments) -> cache.get("k"));
        Map<String, String> readAll = cache.invoke("l", (entry, arguments) -> cache.getAll(Set.of("l", "m")));
        String readTwice = cache.invoke("n", (entry, arguments) -> cache.get("n") + ", " + entry.getValue());
        String readAfterwards = cache.invoke("o", (entry, arguments) -> entry.getValue() + ", " + cache.get("o"));
        cache.invoke("p", (entry, arguments) -> {
            entry.setValue(cache.get("p") + ", changed");
            return null;
        });

        assertThat(read).isEqualTo("value of k");
        assertThat(readAll).containsEntry("l", "value of l").containsEntry("m", "value of m");
        assertThat(readTwice).isEqualTo("value of n, value of n");
        assertThat(readAfterwards).isEqualTo("value of o, value of o");
        assertThat(cache.get("p")).isEqualTo("value of p, changed");
        for (String key : List.of("k", "l", "m", "n", "o")) {
            assertThat(crew.start(() -> cache.get(key)).get()).isEqualTo("value of " + key);
            assertThat(cache.containsKey(key)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void processorAndLoaderThatNeedEachOtherGetAnErrorWithinASecond(Way way) {
        CyclicBarrier bothWork = new CyclicBarrier(2);
        AtomicReference<Function<String, String>> source = new AtomicReference<>(key -> "value of " + key);
        Cache<String, String> cache =
                openWithLoader(way, new TestLoader<>(key -> source.get().apply(key)));
        cache.put("a", "first");
        cache.get("b");
        cache.remove("b");
        Cache<String, String> self = cache;
        for (Use use : Use.values()) {
            source.set(key -> {
                Crew.await(bothWork);
                use.call.call(self, "a");
                return "value of " + key;
            });

            Task<Void> processor = crew.run(() -> stayThenUse(self, "a", bothWork, () -> self.get("b")));
            Task<String> load = crew.start(() -> self.get("b"));

            assertThat(Stream.of(processor.failure(A_SECOND), load.failure(A_SECOND))
                            .filter(Objects::nonNull))
                    .as("with %s", use)
                    .isNotEmpty();
            source.set(key -> "value of " + key);
            assertThatItIsUsable(self);
            self.remove("b");
            self.put("a", "first");
        }
    }

    @Test
    void writersThatWriteEachOthersKeysGetAnErrorWithinASecond() {
        CyclicBarrier bothWrite = new CyclicBarrier(2);
        AtomicReference<Consumer<String>> before = new AtomicReference<>(key -> {});
        MapWriter<String, String> writer = new MapWriter<>(key -> before.get().accept(key));
        Cache<String, String> cache =
                caches.create(CacheSettings.builder(String.class, String.class).writer(writer));
        cache.put("a", "first");
        cache.put("b", "first");
        before.set(key -> {
            Crew.await(bothWrite);
            before.set(none -> {});
            cache.put(key.equals("a") ? "b" : "a", "by the writer");
        });

        Task<Void> a = crew.run(() -> cache.put("a", "put"));
        Task<Void> b = crew.run(() -> cache.put("b", "put"));

        assertThat(Stream.of(a.failure(A_SECOND), b.failure(A_SECOND)).filter(Objects::nonNull))
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(CacheException.class)
                        .hasStackTraceContaining("deadlock avoided"));
        assertThatItIsUsable(cache);
        assertThat(writer.database()).containsEntry("a", "usable").containsEntry("b", "usable");
    }

    /** A processor waits for its turn to tell of another key, which a listener has that waits for the processor's key. */
    @Test
    void processorAndListenerThatNeedEachOtherAreNoDeadlock() {
        CyclicBarrier bothWork = new CyclicBarrier(2);
        AtomicReference<Consumer<String>> onEvent = new AtomicReference<>(key -> {});
        Cache<String, String> cache = caches.create(CacheSettings.builder(String.class, String.class)
                .listener(new MutableCacheEntryListenerConfiguration<>(
                        new FactoryBuilder.SingletonFactory<>(new EveryListener<String, String>(
                                event -> onEvent.get().accept(event.getKey()))),
                        null,
                        false,
                        true)));
        cache.put("a", "first");
        cache.put("b", "first");
        onEvent.set(key -> {
            if (key.equals("b")) {
                onEvent.set(none -> {});
                Crew.await(bothWork);
                cache.put("a", "by the listener");
            }
        });

        Task<Void> put = crew.run(() -> cache.put("b", "put"));
        Task<Void> processor =
                crew.run(() -> stayThenUse(cache, "a", bothWork, () -> cache.put("b", "by the processor")));

        put.failure(A_SECOND);
        processor.failure(A_SECOND);
        assertThatItIsUsable(cache);
    }

    /** A loader waits for its turn to tell of a key that it puts, which a listener has that waits for the load. */
    @Test
    void loaderAndListenerThatNeedEachOtherAreNoDeadlock() {
        CyclicBarrier bothWork = new CyclicBarrier(2);
        AtomicReference<Consumer<String>> onEvent = new AtomicReference<>(key -> {});
        AtomicReference<Cache<String, String>> self = new AtomicReference<>();
        Cache<String, String> cache = caches.create(CacheSettings.builder(String.class, String.class)
                .loader(new TestLoader<>(key -> {
                    if (key.equals("loaded")) {
                        Crew.await(bothWork);
                        self.get().put("b", "by the loader");
                    }
                    return "value of " + key;
                }))
                .listener(new MutableCacheEntryListenerConfiguration<>(
                        new FactoryBuilder.SingletonFactory<>(new EveryListener<String, String>(
                                event -> onEvent.get().accept(event.getKey()))),
                        null,
                        false,
                        true)));
        self.set(cache);
        onEvent.set(key -> {
            if (key.equals("b")) {
                onEvent.set(none -> {});
                Crew.await(bothWork);
                cache.get("loaded");
            }
        });

        Task<Void> put = crew.run(() -> cache.put("b", "put"));
        Task<String> load = crew.start(() -> cache.get("loaded"));

        put.failure(A_SECOND);
        load.failure(A_SECOND);
        assertThatItIsUsable(cache);
    }
}
