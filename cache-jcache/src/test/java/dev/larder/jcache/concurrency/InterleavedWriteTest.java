package dev.larder.jcache.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.testkit.interleave.Interleaving;
import dev.larder.testkit.interleave.Interleavings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Loads and changes that are written through, in an order of their steps that a seed decides. */
@Timeout(1_800)
@Tag("interleaving")
class InterleavedWriteTest {

    private static final List<Consumer<LarderCache<String, Integer>>> CHANGES = List.of(
            cache -> cache.put("k", 1),
            cache -> cache.getAndPut("k", 2),
            cache -> cache.putIfAbsent("k", 3),
            cache -> cache.replace("k", 4),
            cache -> cache.replace("k", 0, 5),
            cache -> cache.remove("k"),
            cache -> cache.remove("k", 0),
            cache -> cache.putAll(Map.of("k", 6, "l", 6)),
            cache -> cache.removeAll(Set.of("k", "l")),
            cache -> cache.invoke("k", InterleavedWriteTest::increment),
            cache -> cache.invalidate("k"),
            LarderCache::clear);

    @RegisterExtension
    final TestCaches caches = TestCaches.onSystemTime();

    private static Integer increment(MutableEntry<String, Integer> entry, Object... arguments) {
        Integer value = entry.getValue();
        entry.setValue(value == null ? 100 : value + 100);
        return value;
    }

    @Test
    void cacheNeverKeepsWhatTheDatabaseDoesNot() {
        Interleavings.ofSeeds(Stress.rounds(500, 30_000)).check(this::changesAndLoads);
    }

    private void changesAndLoads(Interleaving run) {
        MapWriter<String, Integer> writer = new MapWriter<>(key -> run.point("before writing"));
        writer.database().put("k", 0);
        LarderCache<String, Integer> cache = open(run, writer);
        if (run.choose(2) == 1) {
            cache.get("k");
        }
        run.actor("changer", () -> change(run, cache));
        run.actor("other changer", () -> change(run, cache));
        run.actor("reader", () -> cache.get("k"));

        run.play();

        for (Cache.Entry<String, Integer> entry : cache) {
            assertThat(entry.getValue()).isEqualTo(writer.database().get(entry.getKey()));
        }
        cache.close();
    }

    private static void change(Interleaving run, LarderCache<String, Integer> cache) {
        CHANGES.get(run.choose(CHANGES.size())).accept(cache);
    }

    private LarderCache<String, Integer> open(Interleaving run, MapWriter<String, Integer> writer) {
        TestLoader<String, Integer> loader = new TestLoader<>(key -> {
            run.point("before loading");
            Integer read = writer.database().get(key);
            run.point("after loading");
            return read;
        });
        return LarderCache.of(caches.create(CacheSettings.builder(String.class, Integer.class)
                .store(new PointedStores(run))
                .loader(loader)
                .writer(writer)));
    }
}
