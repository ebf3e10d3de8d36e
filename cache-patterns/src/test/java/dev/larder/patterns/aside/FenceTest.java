package dev.larder.patterns.aside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.patterns.fixture.Provider;
import dev.larder.patterns.load.Loaders;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FenceTest {

    private final CacheManager manager = Provider.LARDER.newManager();
    private final Cache<String, Slot<Integer>> cache = manager.createCache("numbers", new MutableConfiguration<>());
    private final Map<String, Integer> database = new ConcurrentHashMap<>(Map.of("one", 1, "two", 2));
    private final CacheAside<String, Integer> aside = CacheAside.over(cache, Loaders.of(database::get));

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        manager.close();
    }

    private boolean isStored(String key) {
        Slot<Integer> slot = cache.get(key);
        return slot != null && slot.value() != null;
    }

    @Test
    void nothingIsStoredWithinAFence() {
        aside.get("one");
        try (Fence fence = aside.fence(Set.of("one", "two"))) {
            assertThat(isStored("one")).isFalse();

            assertThat(aside.get("one")).isEqualTo(1);
            assertThat(aside.getAll(Set.of("one", "two"))).isEqualTo(Map.of("one", 1, "two", 2));

            assertThat(isStored("one")).isFalse();
            assertThat(isStored("two")).isFalse();
        }

        assertThat(cache.iterator().hasNext()).isFalse();
        assertThat(aside.get("one")).isEqualTo(1);
        assertThat(isStored("one")).isTrue();
    }

    @Test
    void whatDoesNotExistLeavesTheFenceStanding() {
        try (Fence fence = aside.fence(Set.of("none"))) {
            assertThat(aside.get("none")).isNull();
            database.put("none", 0);
            assertThat(aside.get("none")).isZero();

            assertThat(isStored("none")).isFalse();
        }
    }

    @Test
    void lastFenceCounts() {
        Fence first = aside.fence(Set.of("one"));
        Fence second = aside.fence(Set.of("one"));
        first.close();
        first.close();
        aside.get("one");
        assertThat(isStored("one")).isFalse();

        second.close();
        aside.get("one");
        assertThat(isStored("one")).isTrue();
    }

    @Test
    void valueIsDroppedAtTheEndAlsoIfSomebodyTookTheFenceAway() {
        Fence fence = aside.fence(Set.of("one"));
        cache.remove("one");
        aside.get("one");
        assertThat(isStored("one")).isTrue();

        fence.close();

        assertThat(isStored("one")).isFalse();
    }

    @Test
    void callerAfterTheEndOfAFenceWaitsForNoLoadWithinIt() throws Exception {
        HeldLoader held = new HeldLoader(Loaders.of(database::get));
        CacheAside<String, Integer> shared = CacheAside.over(cache, held);
        Fence fence = shared.fence(Set.of("one"));
        Future<Integer> within = threads.submit(() -> shared.get("one"));
        held.reading.await();
        try (Fence another = shared.fence(Set.of("one"))) {
            database.put("one", 11);
            fence.close();

            Future<Integer> after = threads.submit(() -> shared.get("one"));
            // it loads by itself, or else waits for the one that is held
            assertThat(held.readingAgain.await(60, TimeUnit.SECONDS)).isTrue();
            held.release.countDown();

            assertThat(within.get(60, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(after.get(60, TimeUnit.SECONDS)).isEqualTo(11);
        }
    }

    @Test
    void slotThatWasWrittenWithoutFencesHasNone() {
        assertThat(new Slot<>(1, null, null).fences()).isEqualTo(List.of());
    }
}
