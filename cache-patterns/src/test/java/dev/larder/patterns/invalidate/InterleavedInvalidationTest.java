package dev.larder.patterns.invalidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.aside.CacheAside;
import dev.larder.patterns.aside.Slot;
import dev.larder.patterns.fixture.PointedCache;
import dev.larder.patterns.fixture.Provider;
import dev.larder.patterns.load.Loaders;
import dev.larder.testkit.interleave.Interleaving;
import dev.larder.testkit.interleave.Interleavings;
import java.util.Set;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Transactions that change a row and commit or roll back, and those who read it meanwhile, in all sorts of orders: in the end the cache has no old row, and nobody reads one who begins after the end of
 * the transaction that replaced it.
 */
@Timeout(900)
@Tag("interleaving")
class InterleavedInvalidationTest {

    private static final int SCHEDULES = Boolean.getBoolean("larder.stress") ? 10_000 : 150;

    /** As many as it may take to find what is broken. */
    private static final int SCHEDULES_TO_FAIL_IN = Boolean.getBoolean("larder.stress") ? 10_000 : 300;

    private static final String KEY = "key";

    /** When a transaction drops the key. */
    private enum When {
        BEFORE_AND_AFTER,
        BEFORE,
        AFTER
    }

    private abstract static class Scene {

        final Interleaving run;
        private final When when;
        private int committed;
        private int ended;

        Scene(Interleaving run, When when) {
            this.run = run;
            this.when = when;
        }

        abstract Function<String, Integer> reader();

        abstract Invalidator<String> invalidator();

        /** Returns what is in the cache, or null. */
        abstract Integer cached();

        /** Plays it with two writers, or with one who dies at one of his points: before his commit, or between that and his end. */
        void play(boolean writerDies) {
            Function<String, Integer> reading = reader();
            run.actor("reader", () -> read(reading));
            run.actor("other reader", () -> read(reading));
            run.actor("writer", () -> transact(true));
            if (writerDies) {
                run.crash("writer", 1 + run.choose(4));
            } else {
                run.actor("other writer", () -> {
                    transact(true);
                    transact(run.choose(2) == 0);
                });
            }

            run.play();

            Integer left = cached();
            if (left != null) {
                assertThat(left).as("what is in the cache").isEqualTo(committed);
            }
        }

        CacheLoader<String, Integer> loader() {
            return Loaders.of(key -> {
                run.point("before the query");
                int row = committed;
                run.point("after the query");
                return row;
            });
        }

        private void read(Function<String, Integer> reading) {
            for (int i = 0; i < 2; i++) {
                int atLeast = ended;
                assertThat(reading.apply(KEY)).as("what was read").isGreaterThanOrEqualTo(atLeast);
            }
        }

        private void transact(boolean commits) {
            Invalidator<String> invalidator = invalidator();
            Runnable end =
                    when == When.AFTER ? () -> invalidator.invalidate(Set.of(KEY)) : invalidator.hold(Set.of(KEY));
            run.point("updated");
            int version = commits ? ++committed : ended;
            run.point("completed");
            if (when != When.BEFORE) {
                end.run();
            }
            ended = Math.max(ended, version);
        }
    }

    /** Over cache-aside, with fences. */
    private static final class AsideScene extends Scene {

        private final Cache<String, Slot<Integer>> cache;
        private final CacheAside<String, Integer> aside;

        AsideScene(Interleaving run, When when, CacheManager manager) {
            super(run, when);
            cache = manager.createCache(
                    "cache", new MutableConfiguration<String, Slot<Integer>>().setStoreByValue(false));
            aside = CacheAside.over(PointedCache.of(cache, run), loader());
        }

        @Override
        Function<String, Integer> reader() {
            return aside::get;
        }

        @Override
        Invalidator<String> invalidator() {
            return Invalidator.of(aside);
        }

        @Override
        Integer cached() {
            Slot<Integer> slot = cache.get(KEY);
            return slot == null ? null : slot.value();
        }
    }

    /** Over a cache that reads through. */
    private static final class ReadThroughScene extends Scene {

        private final Cache<String, Integer> cache;
        private final Cache<String, Integer> pointed;

        ReadThroughScene(Interleaving run, When when, CacheManager manager) {
            super(run, when);
            CacheLoader<String, Integer> loader = loader();
            cache = manager.createCache(
                    "cache",
                    new MutableConfiguration<String, Integer>()
                            .setStoreByValue(false)
                            .setReadThrough(true)
                            .setCacheLoaderFactory(() -> loader));
            pointed = PointedCache.of(cache, run);
        }

        @Override
        Function<String, Integer> reader() {
            return pointed::get;
        }

        @Override
        Invalidator<String> invalidator() {
            return Invalidator.of(pointed);
        }

        @Override
        Integer cached() {
            Integer[] found = {null};
            cache.forEach(entry -> found[0] = entry.getValue());
            return found[0];
        }
    }

    private interface Scenes {

        Scene of(Interleaving run, CacheManager manager);
    }

    private static int check(Provider provider, boolean writerDies, Scenes scenes) {
        return check(SCHEDULES, provider, writerDies, scenes);
    }

    private static int check(int schedules, Provider provider, boolean writerDies, Scenes scenes) {
        try (CacheManager manager = provider.newManager()) {
            return Interleavings.ofSeeds(schedules).check(run -> {
                try {
                    scenes.of(run, manager).play(writerDies);
                } finally {
                    manager.destroyCache("cache");
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void cacheAsideHasNoOldRow(Provider provider) {
        int number = check(provider, false, (run, manager) -> new AsideScene(run, When.BEFORE_AND_AFTER, manager));

        assertThat(number).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void cacheAsideHasNoOldRowAlsoIfAWriterDies(Provider provider) {
        int number = check(provider, true, (run, manager) -> new AsideScene(run, When.BEFORE_AND_AFTER, manager));

        assertThat(number).isPositive();
    }

    /** Only of Larder: in Caffeine's JCache a load that has begun is stored after the removal of its key. */
    @Test
    void cacheThatReadsThroughHasNoOldRow() {
        int number = check(
                Provider.LARDER, false, (run, manager) -> new ReadThroughScene(run, When.BEFORE_AND_AFTER, manager));

        assertThat(number).isPositive();
    }

    @Test
    void invalidatingBeforeTheCommitLeavesOldRows() {
        assertThatThrownBy(() -> check(
                        SCHEDULES_TO_FAIL_IN,
                        Provider.LARDER,
                        false,
                        (run, manager) -> new ReadThroughScene(run, When.BEFORE, manager)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("[what ");
    }

    @Test
    void invalidatingAfterTheCommitLeavesOldRowsIfTheWriterDies() {
        assertThatThrownBy(() -> check(
                        SCHEDULES_TO_FAIL_IN,
                        Provider.LARDER,
                        true,
                        (run, manager) -> new AsideScene(run, When.AFTER, manager)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("what is in the cache");
    }
}
