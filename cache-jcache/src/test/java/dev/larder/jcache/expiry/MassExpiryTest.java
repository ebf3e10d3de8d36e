package dev.larder.jcache.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.testkit.FakeTime;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a source has to bear when all that was put in one second is asked for all the time. */
@Timeout(600)
class MassExpiryTest {

    private static final System.Logger LOGGER = System.getLogger(MassExpiryTest.class.getName());
    private static final int ENTRIES = 100_000;
    private static final Duration TTL = Duration.ofSeconds(100);

    private final FakeTime time = new FakeTime();

    @RegisterExtension
    final TestCaches caches = TestCaches.on(time);

    private int loads;

    @Test
    void jitterOfATenthSpreadsTheLoads() {
        int peakWithout = peakOfLoadsPerSecond(0);
        int peakWith = peakOfLoadsPerSecond(0.1);

        LOGGER.log(Level.INFO, "loads a second at most: {0} without jitter, {1} with", peakWithout, peakWith);
        assertThat(peakWithout).isGreaterThan(ENTRIES * 99 / 100);
        assertThat(peakWith).isPositive().isLessThanOrEqualTo(peakWithout * 15 / 100);
    }

    private int peakOfLoadsPerSecond(double jitter) {
        Cache<Integer, Integer> cache = caches.create(CacheSettings.builder(Integer.class, Integer.class)
                .expireAfterWrite(TTL)
                .jitter(jitter)
                .loader(new CountingLoader()));
        putInOneSecond(cache);
        time.advance(TTL.minusSeconds(15));
        int peak = 0;
        for (int second = 0; second < 20; second++) {
            loads = 0;
            time.advance(Duration.ofSeconds(1));
            for (int key = 0; key < ENTRIES; key++) {
                cache.get(key);
            }
            peak = Math.max(peak, loads);
        }
        return peak;
    }

    private void putInOneSecond(Cache<Integer, Integer> cache) {
        for (int key = 0; key < ENTRIES; key++) {
            cache.put(key, key);
            if (key % (ENTRIES / 1_000) == 0) {
                time.advance(Duration.ofMillis(1));
            }
        }
    }

    private final class CountingLoader implements CacheLoader<Integer, Integer> {

        @Override
        public Integer load(Integer key) {
            loads++;
            return key;
        }

        @Override
        public Map<Integer, Integer> loadAll(Iterable<? extends Integer> keys) {
            Map<Integer, Integer> loaded = new HashMap<>();
            keys.forEach(key -> loaded.put(key, load(key)));
            return loaded;
        }
    }
}
