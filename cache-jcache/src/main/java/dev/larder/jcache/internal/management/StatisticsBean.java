package dev.larder.jcache.internal.management;

import dev.larder.jcache.internal.stats.Statistics;
import javax.cache.management.CacheStatisticsMXBean;

/** Shows what a cache has counted. */
final class StatisticsBean implements CacheStatisticsMXBean {

    private final Statistics statistics;

    StatisticsBean(Statistics statistics) {
        this.statistics = statistics;
    }

    @Override
    public void clear() {
        statistics.clear();
    }

    @Override
    public long getCacheHits() {
        return statistics.hits();
    }

    @Override
    public float getCacheHitPercentage() {
        return percentage(statistics.hits());
    }

    @Override
    public long getCacheMisses() {
        return statistics.misses();
    }

    @Override
    public float getCacheMissPercentage() {
        return percentage(statistics.misses());
    }

    private float percentage(long part) {
        long gets = getCacheGets();
        return gets == 0 ? 0 : part * 100f / gets;
    }

    @Override
    public long getCacheGets() {
        return statistics.hits() + statistics.misses();
    }

    @Override
    public long getCachePuts() {
        return statistics.puts();
    }

    @Override
    public long getCacheRemovals() {
        return statistics.removals();
    }

    @Override
    public long getCacheEvictions() {
        return statistics.evictions();
    }

    @Override
    public float getAverageGetTime() {
        return statistics.averageGetMicros();
    }

    @Override
    public float getAveragePutTime() {
        return statistics.averagePutMicros();
    }

    @Override
    public float getAverageRemoveTime() {
        return statistics.averageRemoveMicros();
    }
}
