package dev.larder.patterns.aside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.fixture.Provider;
import dev.larder.patterns.load.Loaders;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class CacheAsideTest {

    private final CacheManager manager = Provider.LARDER.newManager();
    private final Cache<String, Slot<Integer>> cache =
            manager.createCache("numbers", new MutableConfiguration<String, Slot<Integer>>().setStoreByValue(false));
    private final Map<String, Integer> database = new HashMap<>(Map.of("one", 1, "two", 2, "three", 3));
    private final List<Set<String>> loads = Collections.synchronizedList(new ArrayList<>());
    private final CacheAside<String, Integer> aside = CacheAside.over(cache, Loaders.bulk(this::load));
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private Map<String, Integer> load(Set<String> keys) {
        loads.add(Set.copyOf(keys));
        Map<String, Integer> found = new HashMap<>(database);
        found.keySet().retainAll(keys);
        return found;
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        manager.close();
    }

    @Test
    void missingValueIsLoadedOnce() {
        assertThat(aside.get("one")).isEqualTo(1);
        assertThat(aside.get("one")).isEqualTo(1);

        assertThat(loads).containsExactly(Set.of("one"));
        assertThat(cache.get("one")).isEqualTo(Slot.of(1));
    }

    @Test
    void whatDoesNotExistIsNotStored() {
        assertThat(aside.get("none")).isNull();

        assertThat(cache.containsKey("none")).isFalse();
    }

    @Test
    void missingValuesAreLoadedTogether() {
        aside.get("two");

        assertThat(aside.getAll(Set.of("one", "two", "three", "none")))
                .isEqualTo(Map.of("one", 1, "two", 2, "three", 3));
        assertThat(aside.getAll(Set.of("one", "two", "three"))).hasSize(3);

        assertThat(loads).containsExactly(Set.of("two"), Set.of("one", "three", "none"));
        assertThat(cache.containsKey("none")).isFalse();
    }

    @Test
    void noKeysAreNoLoad() {
        assertThat(aside.getAll(Set.of())).isEmpty();
        assertThat(loads).isEmpty();
    }

    @Test
    void invalidatedValueIsLoadedAgain() {
        aside.getAll(Set.of("one", "two", "three"));
        database.put("one", 11);
        database.put("two", 12);

        aside.invalidate("one");
        aside.invalidateAll(Set.of("two"));

        assertThat(aside.getAll(Set.of("one", "two", "three"))).isEqualTo(Map.of("one", 11, "two", 12, "three", 3));
    }

    @Test
    void failureReachesTheCallerAndLeavesNothing() {
        CacheAside<String, Integer> failing = CacheAside.over(cache, Loaders.of(key -> {
            throw new IllegalStateException("down");
        }));

        assertThatThrownBy(() -> failing.get("one"))
                .isInstanceOf(CacheLoaderException.class)
                .hasRootCauseMessage("down");

        assertThat(cache.iterator().hasNext()).isFalse();
        assertThat(aside.get("one")).isEqualTo(1);
    }

    @Test
    void loaderThatAsksForItsOwnKeyIsAFailure() {
        AtomicReference<CacheAside<String, Integer>> self = new AtomicReference<>();
        self.set(CacheAside.over(cache, Loaders.of(key -> self.get().get(key))));

        assertThatThrownBy(() -> self.get().get("one"))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("a loader asked for the key that it was loading");
    }

    @Test
    void loaderMayAskForOtherKeys() {
        AtomicReference<CacheAside<String, Integer>> self = new AtomicReference<>();
        self.set(CacheAside.over(
                cache,
                Loaders.of(key ->
                        key.equals("sum") ? self.get().get("one") + self.get().get("two") : database.get(key))));

        assertThat(self.get().get("sum")).isEqualTo(3);
    }

    @Test
    void callersWhoMissTogetherShareOneLoad() throws Exception {
        HeldLoader held = new HeldLoader(Loaders.bulk(this::load));
        CacheAside<String, Integer> shared = CacheAside.over(cache, held);
        Future<Integer> first = threads.submit(() -> shared.get("one"));
        held.reading.await();
        List<Future<Integer>> others = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            others.add(threads.submit(() -> shared.getAll(Set.of("one")).get("one")));
        }
        held.release.countDown();

        assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        for (Future<Integer> other : others) {
            assertThat(other.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        }
        assertThat(loads).hasSize(1);
    }

    @Test
    void valueLoadedBeforeAnInvalidationIsReturnedAndNotStored() throws Exception {
        HeldLoader held = new HeldLoader(Loaders.bulk(this::load));
        Future<Integer> overtaken =
                threads.submit(() -> CacheAside.over(cache, held).get("one"));
        held.reading.await();
        database.put("one", 11);

        cache.remove("one");
        held.release.countDown();

        assertThat(overtaken.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(cache.containsKey("one")).isFalse();
        assertThat(aside.get("one")).isEqualTo(11);
    }

    @Test
    void callerAfterAnInvalidationWaitsForNoLoadBeforeIt() throws Exception {
        HeldLoader held = new HeldLoader(Loaders.bulk(this::load));
        CacheAside<String, Integer> shared = CacheAside.over(cache, held);
        Future<Integer> before = threads.submit(() -> shared.get("one"));
        held.reading.await();
        database.put("one", 11);
        shared.invalidate("one");

        Future<Integer> after = threads.submit(() -> shared.get("one"));
        // it loads by itself, or else waits for the one that is held
        assertThat(held.readingAgain.await(60, TimeUnit.SECONDS)).isTrue();
        held.release.countDown();

        assertThat(before.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(after.get(60, TimeUnit.SECONDS)).isEqualTo(11);
    }

    @Test
    void markOfALoaderThatDiedHoldsNobodyUp() {
        cache.put("one", Slot.marked("of a JVM that is gone", List.of()));

        assertThat(aside.get("one")).isEqualTo(1);

        assertThat(cache.get("one")).isEqualTo(Slot.of(1));
    }

    @Test
    void interruptedCallerIsFreed() throws Exception {
        HeldLoader held = new HeldLoader(Loaders.bulk(this::load));
        CacheAside<String, Integer> shared = CacheAside.over(cache, held);
        Future<Integer> first = threads.submit(() -> shared.get("one"));
        held.reading.await();

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> shared.get("one")).isInstanceOf(CacheException.class);

        assertThat(Thread.interrupted()).isTrue();
        held.release.countDown();
        assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void cacheThatCannotInvokeIsDoneWithout() {
        CacheAside<String, Integer> degraded = CacheAside.over(withoutInvoke(), Loaders.bulk(this::load));

        assertThat(degraded.get("one")).isEqualTo(1);
        assertThat(degraded.getAll(Set.of("one", "two"))).isEqualTo(Map.of("one", 1, "two", 2));
        assertThat(loads).hasSize(2);
    }

    @SuppressWarnings("unchecked")
    private Cache<String, Slot<Integer>> withoutInvoke() {
        return (Cache<String, Slot<Integer>>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Cache.class}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("invoke")) {
                        throw new CacheException("the store is away");
                    }
                    try {
                        return method.invoke(cache, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void cacheThatReadsOrWritesThroughIsRefused() {
        Cache<String, Slot<Integer>> reading = manager.createCache(
                "reading",
                new MutableConfiguration<String, Slot<Integer>>()
                        .setReadThrough(true)
                        .setCacheLoaderFactory(() -> Loaders.of(key -> Slot.of(1))));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheAside.over(reading, Loaders.of(database::get)))
                .withMessageContaining("cache \"reading\" must neither read nor write through");
    }
}
