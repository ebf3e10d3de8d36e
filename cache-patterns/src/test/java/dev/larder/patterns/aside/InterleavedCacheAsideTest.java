package dev.larder.patterns.aside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
 * Two who read a key, one who reads it as from another JVM, and one who changes it twice in the database, dropping it from the cache each
 * time: whatever the order of their steps, what is in the cache at the end is what is in the database, and nobody reads a value older than an invalidation that was
 * over when he began.
 */
@Timeout(900)
@Tag("interleaving")
class InterleavedCacheAsideTest {

    private static final int SCHEDULES = Boolean.getBoolean("larder.stress") ? 5_000 : 100;

    /** As many as it may take to find what is broken. */
    private static final int SCHEDULES_TO_FAIL_IN = Boolean.getBoolean("larder.stress") ? 5_000 : 200;

    private static final String KEY = "key";

    /** How a reader gets the value: the pattern under test, or a broken one. */
    private interface Pattern {

        Function<String, Integer> over(Cache<String, Slot<Integer>> cache, CacheLoader<String, Integer> loader);
    }

    /** One database, one cache, and those who use them. */
    private static final class Scene {

        private final Interleaving run;
        private final Cache<String, Slot<Integer>> cache;
        private int row;
        private int invalidated;

        Scene(Interleaving run, Cache<String, Slot<Integer>> cache) {
            this.run = run;
            this.cache = cache;
        }

        void play(Pattern pattern) {
            Cache<String, Slot<Integer>> pointed = PointedCache.of(cache, run);
            Function<String, Integer> reading = pattern.over(pointed, Loaders.of(key -> query()));
            run.actor("reader", () -> read(reading));
            run.actor("reader beside", () -> read(reading));
            Function<String, Integer> elsewhere = pattern.over(pointed, Loaders.of(key -> query()));
            run.actor("reader elsewhere", () -> read(elsewhere));
            run.actor("writer", () -> {
                update(1, pointed);
                update(2, pointed);
            });

            run.play();

            Slot<Integer> left = cache.get(KEY);
            if (left != null && left.value() != null) {
                assertThat(left.value()).as("what is in the cache").isEqualTo(row);
            }
        }

        private Integer query() {
            run.point("before the query");
            int read = row;
            run.point("after the query");
            return read;
        }

        private void read(Function<String, Integer> reading) {
            for (int i = 0; i < 2; i++) {
                int atLeast = invalidated;
                assertThat(reading.apply(KEY)).as("what was read").isGreaterThanOrEqualTo(atLeast);
            }
        }

        private void update(int version, Cache<String, Slot<Integer>> pointed) {
            row = version;
            run.point("committed");
            if (version == 1) {
                pointed.remove(KEY);
            } else {
                pointed.removeAll(Set.of(KEY));
            }
            invalidated = version;
        }
    }

    private static int check(Provider provider, Pattern pattern) {
        return check(SCHEDULES, provider, pattern);
    }

    private static int check(int schedules, Provider provider, Pattern pattern) {
        try (CacheManager manager = provider.newManager()) {
            return Interleavings.ofSeeds(schedules).check(run -> {
                Cache<String, Slot<Integer>> cache = manager.createCache(
                        "cache", new MutableConfiguration<String, Slot<Integer>>().setStoreByValue(false));
                try {
                    new Scene(run, cache).play(pattern);
                } finally {
                    manager.destroyCache("cache");
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingOldIsStoredOrRead(Provider provider) {
        int number = check(provider, (cache, loader) -> CacheAside.over(cache, loader)::get);

        assertThat(number).isPositive();
    }

    @Test
    void puttingWhatWasLoadedIsCaught() {
        assertThatThrownBy(() -> check(SCHEDULES_TO_FAIL_IN, Provider.LARDER, (cache, loader) -> key -> {
                    Slot<Integer> present = cache.get(key);
                    if (present != null) {
                        return present.value();
                    }
                    Integer value = loader.load(key);
                    cache.put(key, Slot.of(value));
                    return value;
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("[what ");
    }

    @Test
    void storingIfAbsentIsCaught() {
        assertThatThrownBy(() -> check(SCHEDULES_TO_FAIL_IN, Provider.LARDER, (cache, loader) -> key -> {
                    Slot<Integer> present = cache.get(key);
                    if (present != null) {
                        return present.value();
                    }
                    Integer value = loader.load(key);
                    cache.putIfAbsent(key, Slot.of(value));
                    return value;
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("[what ");
    }
}
