package dev.larder.jcache.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.testkit.interleave.Interleaving;
import dev.larder.testkit.interleave.Interleavings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The first processors of a cache against plain changes that are under way, in an order that a seed decides. */
@Timeout(1_800)
@Tag("interleaving")
class InterleavedInvokeTest {

    private static final List<Function<Cache<String, Integer>, Object>> PLAIN = List.of(
            cache -> cache.getAndPut("k", 10),
            cache -> cache.putIfAbsent("k", 20),
            cache -> cache.getAndReplace("k", 30),
            cache -> cache.replace("k", 1, 40),
            cache -> cache.remove("k", 1),
            cache -> cache.getAndRemove("k"));

    private static final int[][] ORDERS = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    @RegisterExtension
    final TestCaches caches = TestCaches.onSystemTime();

    private static Object increment(Cache<String, Integer> cache) {
        return cache.invoke("k", InterleavedInvokeTest::increment);
    }

    private static Integer increment(MutableEntry<String, Integer> entry, Object... arguments) {
        entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
        return entry.getValue();
    }

    @Test
    void firstProcessorsAndPlainChangesAreAtomic() {
        Interleavings.ofSeeds(Stress.rounds(200, 10_000)).check(this::twoIncrementsAndAPlainChange);
    }

    private void twoIncrementsAndAPlainChange(Interleaving run) {
        List<Function<Cache<String, Integer>, Object>> operations = List.of(
                InterleavedInvokeTest::increment,
                InterleavedInvokeTest::increment,
                PLAIN.get(run.choose(PLAIN.size())));
        Cache<String, Integer> cache =
                caches.create(CacheSettings.builder(String.class, Integer.class).store(new PointedStores(run)));
        Object[] answers = new Object[operations.size()];
        for (int i = 0; i < answers.length; i++) {
            int number = i;
            run.actor(
                    "actor " + i, () -> answers[number] = operations.get(number).apply(cache));
        }

        run.play();

        assertThat(result(answers, cache)).isIn(resultsOfAllOrders(operations));
    }

    /** Returns what comes out if the operations are done one after the other, in each order. */
    private List<List<Object>> resultsOfAllOrders(List<Function<Cache<String, Integer>, Object>> operations) {
        List<List<Object>> results = new ArrayList<>();
        for (int[] order : ORDERS) {
            Cache<String, Integer> cache = caches.create(CacheSettings.builder(String.class, Integer.class));
            Object[] answers = new Object[operations.size()];
            for (int number : order) {
                answers[number] = operations.get(number).apply(cache);
            }
            results.add(result(answers, cache));
        }
        return results;
    }

    private static List<Object> result(Object[] answers, Cache<String, Integer> cache) {
        List<Object> result = new ArrayList<>(Arrays.asList(answers));
        result.add(cache.get("k"));
        cache.close();
        return result;
    }
}
