package dev.larder.jcache.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.HookedStore;
import dev.larder.jcache.concurrency.HookedStore.Point;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.concurrency.TestLoader;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.Ttl;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(300)
class LoadingTest {

    @RegisterExtension
    final Crew crew = new Crew();

    /** What a test does in the store. */
    private final AtomicReference<Consumer<Point>> inStore = new AtomicReference<>(point -> {});

    /** What a test does after a fill. */
    private final AtomicReference<Consumer<String>> afterFill = new AtomicReference<>(key -> {});

    private final AtomicReference<UnaryOperator<String>> copyIn = new AtomicReference<>(UnaryOperator.identity());

    private final Store<String, String> store = HookedStore.with(
                    point -> inStore.get().accept(point))
            .open(StoreContext.of("users", String.class, String.class));

    private final TestLoader<String, String> loader = new TestLoader<>(key -> "value of " + key);

    private final Loading<String, String> loading = new Loading<>(
            "users",
            store,
            loader,
            UnaryOperator.identity(),
            value -> copyIn.get().apply(value),
            (key, loaded, lease) -> {
                store.write(key, Change.put(loaded.value(), Ttl.ETERNAL).ifUnchanged(lease));
                afterFill.get().accept(key);
            });

    @AfterEach
    void noLoadIsLeftUnderWay() {
        assertThat(loading.keysInFlight()).isEmpty();
    }

    private void failInStoreAt(Point failing) {
        inStore.set(point -> {
            if (point == failing) {
                throw new StoreException("store is down", StoreException.Applied.NO, null);
            }
        });
    }

    @Test
    void loadedValueIsStored() {
        assertThat(loading.load("k")).isEqualTo("value of k");

        assertThat(store.read("k").value()).isEqualTo("value of k");
    }

    @Test
    void valueThatIsThereByNowIsReturnedWithoutALoad() {
        store.write("k", Change.put("there", Ttl.ETERNAL));

        assertThat(loading.load("k")).isEqualTo("there");
        assertThat(loading.loadAll(Set.of("k"))).containsExactly(Map.entry("k", "there"));

        assertThat(loader.loads()).isEmpty();
    }

    /** Whoever joins a load asked after the change, also if who began it had found the old value before. */
    @Test
    void valueThatAChangeTookAwayIsNoAnswerAlsoWhileRenewalsArePaused() {
        AtomicBoolean isDown = new AtomicBoolean();
        TestLoader<String, String> flaky = new TestLoader<>(key -> {
            if (isDown.get()) {
                throw new IllegalStateException("the source is down");
            }
            return "new";
        });
        LoadMemory<String> memory = new LoadMemory<>(
                StoreContext.of("users", String.class, String.class), new LoadMemory.Times(0, 0, 60_000));
        Loading<String, String> pausing = new Loading<>(
                "users",
                store,
                flaky,
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                (key, loaded, lease) -> {},
                new LoadParts<>(memory, null, null));
        store.write("k", Change.put("old", Ttl.ETERNAL));
        Entry<String> old = store.read("k");
        store.write("k", Change.remove());
        pausing.overtake("k");
        isDown.set(true);
        assertThatThrownBy(() -> pausing.load("k")).isInstanceOf(CacheLoaderException.class);
        isDown.set(false);
        assertThat(pausing.isPaused("k")).isTrue();

        assertThat(pausing.load("k", old)).isEqualTo("new");
        isDown.set(true);
        assertThatThrownBy(() -> pausing.loadAll(Set.of(), Map.of("k", old))).isInstanceOf(CacheLoaderException.class);
        memory.close();
    }

    @Test
    void storeThatFailsWhenAskedForALeaseLeavesNobodyWaiting() {
        for (UnaryOperator<String> load : List.<UnaryOperator<String>>of(
                loading::load,
                key -> loading.loadForProcessor(key).value(),
                key -> loading.loadAll(Set.of(key)).get(key))) {
            Holdup beforeFailure = new Holdup();
            inStore.set(point -> {
                if (point == Point.BEFORE_LEASE) {
                    beforeFailure.stay();
                    throw new IllegalStateException("the store is closed");
                }
            });
            Task<String> first = crew.start(() -> load.apply("k"));
            beforeFailure.awaitReached();
            Task<String> waiter = crew.start(() -> loading.load("k")).awaitWaiting();

            beforeFailure.release();

            assertThat(first.failure()).hasStackTraceContaining("the store is closed");
            assertThat(waiter.failure()).hasStackTraceContaining("the store is closed");
        }
    }

    @Test
    void storeThatFailsWhenAValueIsStoredLeavesTheValueToThoseWhoWait() {
        Holdup inLoader = new Holdup();
        TestLoader<String, String> slow = new TestLoader<>(key -> {
            inLoader.stay();
            return "v";
        });
        Loading<String, String> failing = new Loading<>(
                "users", store, slow, UnaryOperator.identity(), UnaryOperator.identity(), (key, loaded, lease) -> {
                    throw new IllegalStateException("no room");
                });
        Task<String> first = crew.start(() -> failing.load("k"));
        inLoader.awaitReached();
        Task<String> waiter = crew.start(() -> failing.load("k")).awaitWaiting();

        inLoader.release();

        assertThat(waiter.get()).isEqualTo("v");
        assertThat(first.failure()).hasMessage("no room");
        assertThat(loading.load("k")).isEqualTo("value of k");
        assertThat(store.read("k")).isNotNull();
    }

    @Test
    void valueThatCannotBeCopiedFailsTheLoadAndLeavesTheKeyLoadable() {
        copyIn.set(value -> {
            throw new CacheException("not serializable");
        });
        assertThatThrownBy(() -> loading.load("k"))
                .isInstanceOf(CacheException.class)
                .hasStackTraceContaining("not serializable");
        assertThatThrownBy(() -> loading.loadForProcessor("k")).hasStackTraceContaining("not serializable");
        assertThatThrownBy(() -> loading.loadAll(Set.of("k", "l"))).hasStackTraceContaining("not serializable");

        copyIn.set(UnaryOperator.identity());

        assertThat(loading.loadAll(Set.of("k", "l"))).hasSize(2);
        assertThat(store.read("k")).isNotNull();
        assertThat(store.read("l")).isNotNull();
    }

    @Test
    void listenerThatFailsOnOneOfManyKeepsNoneFromBeingStored() {
        afterFill.set(key -> {
            throw new CacheEntryListenerException("on " + key);
        });

        assertThatThrownBy(() -> loading.loadAll(Set.of("a", "b", "c")))
                .isInstanceOf(CacheEntryListenerException.class);

        assertThat(List.of("a", "b", "c"))
                .allSatisfy(key -> assertThat(store.read(key)).isNotNull());
    }

    @Test
    void allValuesOfABulkLoadLandBeforeTheFirstIsStored() {
        Holdup atFirstFill = new Holdup();
        afterFill.set(key -> atFirstFill.stay());
        Set<String> keys = Set.of("a", "b", "c");
        Task<Map<String, String>> bulk = crew.start(() -> loading.loadAll(keys));
        atFirstFill.awaitReached();

        for (String key : keys) {
            assertThat(crew.start(() -> loading.load(key)).get()).isEqualTo("value of " + key);
        }
        atFirstFill.release();

        assertThat(bulk.get()).hasSize(3);
        assertThat(loader.loads().values()).containsOnly(1);
    }

    @Test
    void overtakenFlightIsLeftToThoseWhoWaitAndJoinedByNobodyElse() {
        Holdup inLoader = new Holdup();
        AtomicReference<String> source = new AtomicReference<>("old");
        TestLoader<String, String> slow = new TestLoader<>(key -> {
            String read = source.get();
            if (read.equals("old")) {
                inLoader.stay();
            }
            return read;
        });
        Loading<String, String> overtaken = new Loading<>(
                "users",
                store,
                slow,
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                (key, loaded, lease) ->
                        store.write(key, Change.put(loaded.value(), Ttl.ETERNAL).ifUnchanged(lease)));
        Task<String> first = crew.start(() -> overtaken.load("k"));
        inLoader.awaitReached();
        Task<String> waiter = crew.start(() -> overtaken.load("k")).awaitWaiting();

        source.set("new");
        store.write("k", Change.remove());
        overtaken.overtake("k");

        assertThat(crew.start(() -> overtaken.load("k")).get()).isEqualTo("new");
        assertThat(overtaken.keysInFlight()).containsExactly("k");
        inLoader.release();
        assertThat(first.get()).isEqualTo("old");
        assertThat(waiter.get()).isEqualTo("old");
        assertThat(store.read("k").value()).isEqualTo("new");
        assertThat(overtaken.keysInFlight()).isEmpty();
    }

    @Test
    void whatIsLoadedForAProcessorIsUnderWayUntilItIsEnded() {
        Loading.LoadedForProcessor<String> loaded = loading.loadForProcessor("k");

        assertThat(loaded.value()).isEqualTo("value of k");
        assertThat(loading.load("k")).isEqualTo("value of k");
        assertThat(loading.keysInFlight()).containsExactly("k");
        loaded.end().run();
        assertThat(loading.keysInFlight()).isEmpty();
        assertThat(loading.load("k")).isEqualTo("value of k");
        assertThat(loader.loads("k")).isEqualTo(2);
        assertThat(store.read("k")).isNotNull();
    }

    @Test
    void storeThatFailsWhenARightIsGivenBackHidesNoFailureFromThoseWhoWait() {
        failInStoreAt(Point.BEFORE_REMOVE);
        Holdup inLoader = new Holdup();
        TestLoader<String, String> failing = new TestLoader<>(key -> {
            inLoader.stay();
            throw new IllegalStateException("source is down");
        });
        Loading<String, String> broken = new Loading<>(
                "users",
                store,
                failing,
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                (key, loaded, lease) -> {});
        Task<Map<String, String>> bulk = crew.start(() -> broken.loadAll(Set.of("k")));
        inLoader.awaitReached();
        Task<String> waiter = crew.start(() -> broken.load("k")).awaitWaiting();

        inLoader.release();

        assertThat(bulk.failure()).isNotNull();
        assertThat(waiter.failure()).isInstanceOf(CacheLoaderException.class).hasStackTraceContaining("source is down");
    }
}
