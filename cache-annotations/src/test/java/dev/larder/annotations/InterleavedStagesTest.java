package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.annotations.key.ParametersKey;
import dev.larder.testkit.interleave.Interleaving;
import dev.larder.testkit.interleave.Interleavings;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same as {@link InterleavedOvertakingTest} for methods that return stages: two event loops end these in whatever order, while others of the same key are
 * pending. That there is no row is remembered, and is as stale as a row can be.
 */
@Timeout(900)
@Tag("interleaving")
@SuppressWarnings("FutureReturnValueIgnored") // who begins something here does not always wait for it
class InterleavedStagesTest {

    private static final int SCHEDULES = Boolean.getBoolean("larder.stress") ? 5_000 : 50;

    /** As many as it may take to find what is broken. */
    private static final int SCHEDULES_TO_FAIL_IN = Boolean.getBoolean("larder.stress") ? 5_000 : 100;

    private static final String KEY = "key";

    /** In how many schedules something was left in the cache, be it that there is no row. */
    private final AtomicInteger stored = new AtomicInteger();

    /** Who reads and changes the row, each by a stage. */
    @CacheDefaults(cacheName = "rows")
    interface Rows {

        @CacheResult
        CompletionStage<@Nullable Integer> find(String key);

        @CacheResult(skipGet = true)
        CompletableFuture<@Nullable Integer> update(@CacheKey String key, Value value);

        @CachePut
        CompletableFuture<@Nullable Integer> put(@CacheKey String key, @CacheValue @Nullable Integer value);

        @CachePut(afterInvocation = false)
        CompletableFuture<@Nullable Integer> putBefore(@CacheKey String key, @CacheValue @Nullable Integer value);

        @CacheRemove
        CompletableFuture<@Nullable Integer> remove(@CacheKey String key, Value value);

        @CacheRemove(afterInvocation = false)
        CompletableFuture<@Nullable Integer> removeBefore(@CacheKey String key, Value value);

        @CacheRemoveAll
        CompletableFuture<@Nullable Integer> removeAll(Value value);

        @CacheRemoveAll(afterInvocation = false)
        CompletableFuture<@Nullable Integer> removeAllBefore(Value value);
    }

    /**
     * What the row is changed to.
     *
     * @param row null if it goes
     */
    private record Value(@Nullable Integer row) {}

    /** A way to change the row. */
    @FunctionalInterface
    private interface Change {

        CompletionStage<@Nullable Integer> begin(Rows rows, @Nullable Integer value);
    }

    /** The row, and what event loops have to do. */
    private static class RowsBean implements Rows {

        private final Interleaving run;
        private final Queue<Runnable> begun = new ConcurrentLinkedQueue<>();
        private final AtomicInteger clients = new AtomicInteger();
        private volatile @Nullable Integer row;

        RowsBean(Interleaving run, @Nullable Integer row) {
            this.run = run;
            this.row = row;
        }

        /** Adds an actor who calls. */
        void client(String name, Interleaving.Action action) {
            clients.incrementAndGet();
            run.actor(name, () -> {
                try {
                    action.run();
                } finally {
                    clients.decrementAndGet();
                }
            });
        }

        /** Adds an actor who ends stages, as long as there are some or somebody may begin one. */
        void eventLoop(String name) {
            run.actor(name, () -> {
                while (clients.get() > 0 || !begun.isEmpty()) {
                    run.point("idle");
                    Runnable next = begun.poll();
                    if (next != null) {
                        next.run();
                    }
                }
            });
        }

        private CompletableFuture<@Nullable Integer> begin(Supplier<@Nullable Integer> step) {
            CompletableFuture<@Nullable Integer> stage = new CompletableFuture<>();
            begun.add(() -> {
                run.point("before the step");
                Integer outcome = step.get();
                run.point("after the step");
                stage.complete(outcome);
            });
            return stage;
        }

        CompletableFuture<@Nullable Integer> change(@Nullable Integer value) {
            return begin(() -> row = value);
        }

        @Override
        public CompletionStage<@Nullable Integer> find(String key) {
            return begin(() -> row);
        }

        @Override
        public CompletableFuture<@Nullable Integer> update(String key, Value value) {
            return change(value.row());
        }

        @Override
        public CompletableFuture<@Nullable Integer> put(String key, @Nullable Integer value) {
            return change(value);
        }

        @Override
        public CompletableFuture<@Nullable Integer> putBefore(String key, @Nullable Integer value) {
            return change(value);
        }

        @Override
        public CompletableFuture<@Nullable Integer> remove(String key, Value value) {
            return change(value.row());
        }

        @Override
        public CompletableFuture<@Nullable Integer> removeBefore(String key, Value value) {
            return change(value.row());
        }

        @Override
        public CompletableFuture<@Nullable Integer> removeAll(Value value) {
            return change(value.row());
        }

        @Override
        public CompletableFuture<@Nullable Integer> removeAllBefore(Value value) {
            return change(value.row());
        }
    }

    /** Says that a change has ended when it has begun, so that the engine overtakes then, and not at the stage's end. */
    private static final class Hasty extends RowsBean {

        Hasty(Interleaving run, @Nullable Integer row) {
            super(run, row);
        }

        @Override
        CompletableFuture<@Nullable Integer> change(@Nullable Integer value) {
            super.change(value);
            return CompletableFuture.completedFuture(value);
        }
    }

    private static Stream<Arguments> changes() {
        return Stream.of(
                named("update", (rows, value) -> rows.update(KEY, new Value(value))),
                named("put", (rows, value) -> rows.put(KEY, value)),
                named("put before", (rows, value) -> rows.putBefore(KEY, value)),
                named("remove", (rows, value) -> rows.remove(KEY, new Value(value))),
                named("remove before", (rows, value) -> rows.removeBefore(KEY, new Value(value))),
                named("remove all", (rows, value) -> rows.removeAll(new Value(value))),
                named("remove all before", (rows, value) -> rows.removeAllBefore(new Value(value))));
    }

    private static Arguments named(String name, Change change) {
        return Arguments.of(name, change);
    }

    /** Each change of a row, of none into one, and of one into none. */
    static Stream<Arguments> changesOfARow() {
        return changes()
                .flatMap(change -> Stream.of(Arguments.of(0, 1), Arguments.of(null, 1), Arguments.of(0, null))
                        .map(rows -> Arguments.of(change.get()[0], change.get()[1], rows.get()[0], rows.get()[1])));
    }

    @ParameterizedTest(name = "{0}: {2} becomes {3}")
    @MethodSource("changesOfARow")
    void noStaleOutcomeIsStoredWhatever(String name, Change change, @Nullable Integer before, @Nullable Integer after) {
        Interleavings.ofSeeds(SCHEDULES)
                .check(run -> check(run, new RowsBean(run, before), (bean, rows) -> {
                    bean.client("reader", () -> rows.find(KEY));
                    bean.client("reader beside", () -> rows.find(KEY));
                    bean.client("writer", () -> {
                        await(run, change.begin(rows, after));
                        assertThat(await(run, rows.find(KEY)))
                                .as("read after the change")
                                .isEqualTo(after);
                    });
                }));

        assertSomethingWasStored();
    }

    static Stream<Arguments> pairs() {
        return changes()
                .flatMap(one -> changes()
                        .map(other -> Arguments.of(one.get()[0], one.get()[1], other.get()[0], other.get()[1])));
    }

    @ParameterizedTest(name = "{0} and {2}")
    @MethodSource("pairs")
    void ofTwoPendingChangesTheOneThatTheRowWasLeftWithIsStoredOrNone(
            String name, Change change, String otherName, Change other) {
        Interleavings.ofSeeds(SCHEDULES)
                .check(run -> check(run, new RowsBean(run, 0), (bean, rows) -> {
                    bean.client("reader", () -> rows.find(KEY));
                    if (run.choose(2) == 0) {
                        bean.client("writer of both", () -> {
                            change.begin(rows, 1);
                            other.begin(rows, 2);
                        });
                    } else {
                        bean.client("writer", () -> change.begin(rows, 1));
                        bean.client("another writer", () -> other.begin(rows, 2));
                    }
                }));

        assertSomethingWasStored();
    }

    @Test
    void engineThatDoesNotOvertakeAtTheEndOfAStageIsFound() {
        for (Function<Interleaving, RowsBean> broken : hasty()) {
            assertThatThrownBy(() -> Interleavings.ofSeeds(SCHEDULES_TO_FAIL_IN)
                            .check(run -> check(run, broken.apply(run), (bean, rows) -> {
                                bean.client("reader", () -> rows.find(KEY));
                                bean.client("writer", () -> rows.remove(KEY, new Value(1)));
                            })))
                    .hasStackTraceContaining("left in the cache");
        }
    }

    /** With a row before the change, and with none. */
    private static List<Function<Interleaving, RowsBean>> hasty() {
        return List.of(run -> new Hasty(run, 0), run -> new Hasty(run, null));
    }

    /** Who calls. */
    @FunctionalInterface
    private interface Clients {

        void add(RowsBean bean, Rows rows);
    }

    private void check(Interleaving run, RowsBean bean, Clients clients) {
        try (CacheManager manager = Managers.of(Managers.CAFFEINE)) {
            manager.createCache("rows", new MutableConfiguration<>());
            CacheAnnotations annotations = CacheAnnotations.builder()
                    .cacheManager(Managers.pointed(manager, run))
                    .absentFor(Duration.ofHours(1))
                    .build();
            clients.add(bean, CachedProxy.of(Rows.class, bean, annotations));
            bean.eventLoop("event loop");
            bean.eventLoop("another event loop");

            run.play();

            assertIsFresh(manager, bean);
        }
    }

    private static @Nullable Integer await(Interleaving run, CompletionStage<@Nullable Integer> stage) {
        CompletableFuture<@Nullable Integer> future = stage.toCompletableFuture();
        while (!future.isDone()) {
            run.point("waiting");
        }
        return future.join();
    }

    private void assertIsFresh(CacheManager manager, RowsBean bean) {
        Object key = ParametersKey.of(KEY);
        Object left = manager.getCache("rows").get(key);
        Cache<Object, Object> absences = manager.getCache("rows.absent");
        if (left != null || (absences != null && absences.containsKey(key))) {
            stored.incrementAndGet();
            assertThat(left).as("left in the cache").isEqualTo(bean.row);
        }
    }

    /** Else all would be fresh that an engine does which stores nothing. */
    private void assertSomethingWasStored() {
        assertThat(stored).as("how many schedules left something in the cache").hasPositiveValue();
    }
}
