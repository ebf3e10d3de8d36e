package dev.larder.jcache.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.concurrency.PointedStores;
import dev.larder.jcache.concurrency.Stress;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.concurrency.TestLoader;
import dev.larder.jcache.concurrency.Way;
import dev.larder.jcache.loading.OvertakenLoadTest.Overtaker;
import dev.larder.testkit.FakeTime;
import dev.larder.testkit.interleave.Interleaving;
import dev.larder.testkit.interleave.Interleavings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.cache.Cache;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Renewals of a stale value against changes of the source and the cache, in an order of their steps that a seed decides. */
@Timeout(1_800)
@Tag("interleaving")
class InterleavedRenewalTest {

    private static final Duration TTL = Duration.ofSeconds(60);

    private static final List<Way> WAYS = List.copyOf(EnumSet.complementOf(EnumSet.of(Way.BOUNDED, Way.OWN_EXPIRY)));

    /** A put if absent changes nothing where a stale value is. */
    private static final List<Overtaker> OVERTAKERS =
            List.copyOf(EnumSet.complementOf(EnumSet.of(Overtaker.PUT_IF_ABSENT)));

    private final FakeTime time = new FakeTime();

    @RegisterExtension
    final TestCaches caches = TestCaches.on(time);

    private String source = "stale";

    @Test
    void nothingLoadedBeforeAnInvalidationIsInTheCacheAfterIt() {
        Interleavings.ofSeeds(Stress.rounds(500, 20_000)).check(this::renewalAgainstChange);
    }

    private void renewalAgainstChange(Interleaving run) {
        Way way = WAYS.get(run.choose(WAYS.size()));
        Overtaker overtaker = OVERTAKERS.get(run.choose(OVERTAKERS.size()));
        Cache<String, String> cache = open(run, way);
        source = "stale";
        cache.get("k");
        time.advance(TTL);
        // or no value any more, with which a renewal ends the entry
        source = run.choose(2) == 0 ? "old" : null;
        run.actor("reader", () -> assertThat(cache.get("k")).isIn("stale", "old", null, "new", overtaker.valueAfter()));
        run.actor(
                "bulk reader",
                () -> assertThat(cache.getAll(Set.of("k")).get("k"))
                        .isIn("stale", "old", null, "new", overtaker.valueAfter()));
        run.actor("changer", () -> {
            source = "new";
            run.point("source changed");
            overtaker.overtake(cache);
            assertThat(cache.get("k")).as("%s, %s", way, overtaker).isEqualTo(overtaker.valueAfter());
        });

        run.play();

        for (Cache.Entry<String, String> entry : cache) {
            assertThat(entry.getValue()).as("%s, %s", way, overtaker).isEqualTo(overtaker.valueAfter());
        }
        cache.close();
    }

    private Cache<String, String> open(Interleaving run, Way way) {
        TestLoader<String, String> loader = new TestLoader<>(key -> {
            run.point("before reading the source");
            String read = source;
            run.point("after reading the source");
            return key.equals("k") ? read : null;
        });
        return way.open(
                caches,
                CacheSettings.builder(String.class, String.class)
                        .store(new PointedStores(run))
                        .loader(loader)
                        .expireAfterWrite(TTL)
                        .staleIfError(TTL),
                "any");
    }
}
