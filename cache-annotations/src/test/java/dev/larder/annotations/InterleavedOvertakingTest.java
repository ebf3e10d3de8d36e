package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.annotations.key.ParametersKey;
import dev.larder.testkit.interleave.Interleaving;
import dev.larder.testkit.interleave.Interleavings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
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
 * Two who read a row and one or two who change it, in each kind of annotated method: whatever the order of their steps, what is in the cache at the end is what is in the row, and nobody reads what is older than a change that
 * was over when he began.
 */
@Timeout(900)
@Tag("interleaving")
class InterleavedOvertakingTest {

    private static final int SCHEDULES = Boolean.getBoolean("larder.stress") ? 5_000 : 150;
    private static final String KEY = "key";

    /** In how many schedules something was left in the cache. */
    private final AtomicInteger stored = new AtomicInteger();

    /** Who reads and changes the row. */
    @CacheDefaults(cacheName = "rows")
    interface Rows {

        @CacheResult
        @Nullable
        Integer find(String key);

        @CacheResult(skipGet = true)
        @Nullable
        Integer refresh(String key);

        @CacheResult(skipGet = true)
        @Nullable
        Integer update(@CacheKey String key, @Nullable Integer value);

        @CachePut
        void put(@CacheKey String key, @CacheValue @Nullable Integer value);

        @CachePut(afterInvocation = false)
        void putBefore(@CacheKey String key, @CacheValue @Nullable Integer value);

        @CacheRemove
        void remove(@CacheKey String key, @Nullable Integer value);

        @CacheRemove(afterInvocation = false)
        void removeBefore(@CacheKey String key, @Nullable Integer value);

        @CacheRemoveAll
        void removeAll(@Nullable Integer value);

        @CacheRemoveAll(afterInvocation = false)
        void removeAllBefore(@Nullable Integer value);
    }

    private static final class RowsBean implements Rows {

        private final Interleaving run;
        private @Nullable Integer row = 0;

        RowsBean(Interleaving run) {
            this.run = run;
        }

        @Override
        public @Nullable Integer find(String key) {
            run.point("before the query");
            Integer read = row;
            run.point("after the query");
            return read;
        }

        @Override
        public @Nullable Integer refresh(String key) {
            return find(key);
        }

        private void change(@Nullable Integer value) {
            run.point("before the update");
            row = value;
            run.point("after the update");
        }

        @Override
        public @Nullable Integer update(String key, @Nullable Integer value) {
            change(value);
            return value;
        }

        @Override
        public void put(String key, @Nullable Integer value) {
            change(value);
        }

        @Override
        public void putBefore(String key, @Nullable Integer value) {
            change(value);
        }

        @Override
        public void remove(String key, @Nullable Integer value) {
            change(value);
        }

        @Override
        public void removeBefore(String key, @Nullable Integer value) {
            change(value);
        }

        @Override
        public void removeAll(@Nullable Integer value) {
            change(value);
        }

        @Override
        public void removeAllBefore(@Nullable Integer value) {
            change(value);
        }
    }

    static Stream<Arguments> changes() {
        BiConsumer<Rows, @Nullable Integer> update = (rows, value) -> rows.update(KEY, value);
        BiConsumer<Rows, @Nullable Integer> put = (rows, value) -> rows.put(KEY, value);
        BiConsumer<Rows, @Nullable Integer> putBefore = (rows, value) -> rows.putBefore(KEY, value);
        BiConsumer<Rows, @Nullable Integer> remove = (rows, value) -> rows.remove(KEY, value);
        BiConsumer<Rows, @Nullable Integer> removeBefore = (rows, value) -> rows.removeBefore(KEY, value);
        BiConsumer<Rows, @Nullable Integer> removeAll = Rows::removeAll;
        BiConsumer<Rows, @Nullable Integer> removeAllBefore = Rows::removeAllBefore;
        return Stream.of(
                Arguments.of("update", update),
                Arguments.of("put", put),
                Arguments.of("put before", putBefore),
                Arguments.of("remove", remove),
                Arguments.of("remove before", removeBefore),
                Arguments.of("remove all", removeAll),
                Arguments.of("remove all before", removeAllBefore));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void noStaleResultIsStoredWhatever(String name, BiConsumer<Rows, @Nullable Integer> change) {
        Interleavings.ofSeeds(SCHEDULES).check(run -> {
            try (CacheManager manager = Managers.of(Managers.LARDER)) {
                RowsBean bean = new RowsBean(run);
                Rows rows = over(manager, run, bean);
                run.actor("reader", () -> rows.find(KEY));
                run.actor("reader beside", () -> rows.find(KEY));
                run.actor("writer", () -> {
                    change.accept(rows, 1);
                    int seen = rows.find(KEY);
                    assertThat(seen).as("read after the change").isEqualTo(1);
                });

                run.play();

                assertIsFresh(manager, bean);
            }
        });

        assertSomethingWasStored();
    }

    /** That there is no row is remembered, and is as stale as a row can be. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void noStaleAbsenceIsRememberedWhatever(String name, BiConsumer<Rows, @Nullable Integer> change) {
        Interleavings.ofSeeds(SCHEDULES).check(run -> {
            try (CacheManager manager = Managers.of(Managers.CAFFEINE)) {
                RowsBean bean = new RowsBean(run);
                boolean comes = run.choose(2) == 0;
                bean.row = comes ? null : 0;
                Rows rows = over(manager, run, bean);
                run.actor("reader", () -> rows.find(KEY));
                run.actor("reader beside", () -> rows.find(KEY));
                run.actor("writer", () -> {
                    change.accept(rows, comes ? 1 : null);
                    assertThat(rows.find(KEY)).as("read after the change").isEqualTo(comes ? 1 : null);
                });

                run.play();

                assertIsFresh(manager, bean);
            }
        });

        assertSomethingWasStored();
    }

    @Test
    void refreshesDoNotStoreOverNewerOnes() {
        Interleavings.ofSeeds(SCHEDULES).check(run -> {
            try (CacheManager manager = Managers.of(Managers.CAFFEINE)) {
                RowsBean bean = new RowsBean(run);
                Rows rows = over(manager, run, bean);
                run.actor("reader", () -> rows.find(KEY));
                run.actor("refresher", () -> rows.refresh(KEY));
                run.actor("writer", () -> rows.remove(KEY, 1));

                run.play();

                assertIsFresh(manager, bean);
            }
        });

        assertSomethingWasStored();
    }

    @Test
    void ofTwoPutsTheOneThatTheRowWasLeftWithIsStoredOrNone() {
        Interleavings.ofSeeds(SCHEDULES).check(run -> {
            try (CacheManager manager = Managers.of(Managers.CAFFEINE)) {
                RowsBean bean = new RowsBean(run);
                Rows rows = over(manager, run, bean);
                run.actor("reader", () -> rows.find(KEY));
                run.actor("writer", () -> rows.put(KEY, 1));
                run.actor("another writer", () -> rows.put(KEY, 2));
                run.actor("remover", () -> rows.remove(KEY, 3));

                run.play();

                assertIsFresh(manager, bean);
            }
        });

        assertSomethingWasStored();
    }

    static Stream<Arguments> pairs() {
        return changes()
                .flatMap(one -> changes()
                        .map(other -> Arguments.of(one.get()[0], one.get()[1], other.get()[0], other.get()[1])));
    }

    @ParameterizedTest(name = "{0} and {2}")
    @MethodSource("pairs")
    void ofTwoChangesTheOneThatTheRowWasLeftWithIsStoredOrNone(
            String name,
            BiConsumer<Rows, @Nullable Integer> change,
            String otherName,
            BiConsumer<Rows, @Nullable Integer> other) {
        Interleavings.ofSeeds(SCHEDULES).check(run -> {
            try (CacheManager manager = Managers.of(Managers.CAFFEINE)) {
                RowsBean bean = new RowsBean(run);
                Rows rows = over(manager, run, bean);
                run.actor("writer", () -> change.accept(rows, 1));
                run.actor("another writer", () -> other.accept(rows, 2));

                run.play();

                assertIsFresh(manager, bean);
            }
        });
    }

    /** Else all would be fresh that an engine does which stores nothing. */
    private void assertSomethingWasStored() {
        assertThat(stored).as("how many schedules left something in the cache").hasPositiveValue();
    }

    private static Rows over(CacheManager manager, Interleaving run, RowsBean bean) {
        manager.createCache("rows", new MutableConfiguration<>());
        CacheManager pointed = Managers.pointed(manager, run);
        return CachedProxy.of(
                Rows.class,
                bean,
                CacheAnnotations.builder()
                        .cacheManager(pointed)
                        .absentFor(Duration.ofHours(1))
                        .build());
    }

    private void assertIsFresh(CacheManager manager, RowsBean bean) {
        Object key = ParametersKey.of(KEY);
        @Nullable Object left = manager.getCache("rows").get(key);
        Cache<Object, Object> absences = manager.getCache("rows.absent");
        if (left != null || (absences != null && absences.containsKey(key))) {
            stored.incrementAndGet();
            assertThat(left).as("what is in the cache").isEqualTo(bean.row);
        }
    }
}
