package dev.larder.jcache.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.Beans;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.CountingPolicy;
import dev.larder.jcache.fixture.Parallel;
import dev.larder.jcache.provider.LarderCachingProvider;
import java.net.URI;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.expiry.Duration;
import javax.cache.management.CacheStatisticsMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class StatisticsTest {

    private final CacheMaker maker = new CacheMaker();

    @AfterEach
    void close() {
        maker.close();
    }

    @Test
    void entriesDroppedToMakeRoomAreEvictions() {
        LarderCache<String, String> cache =
                maker.make(CacheMaker.strings().maximumSize(10).statistics(true));
        CacheStatisticsMXBean statistics = Beans.statistics(cache);

        for (int i = 0; i < 100; i++) {
            cache.put("k" + i, "v");
        }

        await().untilAsserted(() -> assertThat(statistics.getCacheEvictions())
                .isEqualTo(100 - cache.estimatedSize())
                .isEqualTo(90));
        assertThat(statistics.getCacheRemovals()).isZero();
        assertThat(statistics.getCachePuts()).isEqualTo(100);
    }

    @Test
    void switchedOffNothingIsCountedAndWhatWasStays() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().statistics(true));
        CacheManager manager = maker.manager();
        cache.get("k");

        manager.enableStatistics(cache.getName(), false);
        cache.get("k");
        cache.put("k", "v");
        manager.enableStatistics(cache.getName(), true);
        CacheStatisticsMXBean statistics = Beans.statistics(cache);

        assertThat(statistics.getCacheMisses()).isEqualTo(1);
        assertThat(statistics.getCachePuts()).isZero();
        cache.get("k");
        assertThat(statistics.getCacheHits()).isEqualTo(1);
    }

    @Test
    void updateThatEndsItsEntryIsAPutInBulkThroughAWriterToo() {
        CountingPolicy policy = new CountingPolicy().onUpdate(Duration.ZERO);
        LarderCache<String, String> cache = maker.make(CacheMaker.strings()
                .statistics(true)
                .writer(new WriterToNowhere())
                .expiryPolicy(() -> policy));
        CacheStatisticsMXBean statistics = Beans.statistics(cache);

        cache.putAll(Map.of("k", "v"));
        cache.putAll(Map.of("k", "w"));

        assertThat(cache.containsKey("k")).isFalse();
        assertThat(statistics.getCachePuts()).isEqualTo(2);
    }

    @Test
    void percentagesAreOfAllGets() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().statistics(true));
        CacheStatisticsMXBean statistics = Beans.statistics(cache);
        assertThat(statistics.getCacheHitPercentage()).isZero();
        assertThat(statistics.getCacheMissPercentage()).isZero();
        cache.put("k", "v");

        cache.get("k");
        cache.get("k");
        cache.get("k");
        cache.get("absent");

        assertThat(statistics.getCacheHitPercentage()).isEqualTo(75);
        assertThat(statistics.getCacheMissPercentage()).isEqualTo(25);
    }

    @Test
    void averagesAreThereAfterOneOperationAndAgainAfterClear() {
        LarderCachingProvider provider = new LarderCachingProvider();
        try (CacheManager manager = provider.getCacheManager(URI.create("larder:averages"), null)) {
            Cache<String, String> cache = manager.createCache(
                    "averages", CacheMaker.strings().statistics(true).build());
            CacheStatisticsMXBean statistics = Beans.statistics(cache);
            assertThat(statistics.getAverageGetTime()).isZero();

            for (int round = 0; round < 2; round++) {
                cache.put("k", "v");
                cache.get("k");
                cache.remove("k");

                assertThat(statistics.getAverageGetTime()).isPositive();
                assertThat(statistics.getAveragePutTime()).isPositive();
                assertThat(statistics.getAverageRemoveTime()).isPositive();
                statistics.clear();
                assertThat(statistics.getAverageGetTime()).isZero();
                assertThat(statistics.getAveragePutTime()).isZero();
                assertThat(statistics.getAverageRemoveTime()).isZero();
                assertThat(statistics.getCacheGets()).isZero();
                assertThat(statistics.getCachePuts()).isZero();
                assertThat(statistics.getCacheRemovals()).isZero();
            }
        }
    }

    @Test
    void countsOfManyThreadsAreExact() throws Exception {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().statistics(true));
        CacheStatisticsMXBean statistics = Beans.statistics(cache);
        int rounds = 5_000;

        try (Parallel parallel = new Parallel()) {
            parallel.run(8, thread -> {
                String own = "k" + thread;
                for (int i = 0; i < rounds; i++) {
                    cache.put(own, "v");
                    cache.get(own);
                    cache.get("absent");
                    cache.remove(own);
                }
            });
        }

        assertThat(statistics.getCachePuts()).isEqualTo(8L * rounds);
        assertThat(statistics.getCacheHits()).isEqualTo(8L * rounds);
        assertThat(statistics.getCacheMisses()).isEqualTo(8L * rounds);
        assertThat(statistics.getCacheRemovals()).isEqualTo(8L * rounds);
        assertThat(statistics.getCacheGets()).isEqualTo(16L * rounds);
    }

    @Test
    void onlyOneOfManyThreadsCountsARemovalOrACreation() throws Exception {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().statistics(true));
        CacheStatisticsMXBean statistics = Beans.statistics(cache);

        try (Parallel parallel = new Parallel()) {
            for (int round = 0; round < 50; round++) {
                parallel.run(8, thread -> cache.putIfAbsent("k", "v"));
                parallel.run(8, thread -> cache.remove("k"));
            }
        }

        assertThat(statistics.getCachePuts()).isEqualTo(50);
        assertThat(statistics.getCacheRemovals()).isEqualTo(50);
        assertThat(statistics.getCacheMisses()).isEqualTo(50);
        assertThat(statistics.getCacheHits()).isEqualTo(350);
    }
}
