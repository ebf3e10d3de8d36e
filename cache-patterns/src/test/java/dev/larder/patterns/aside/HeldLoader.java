package dev.larder.patterns.aside;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;

/** Lets a test hold a load between reading the database and returning. */
final class HeldLoader implements CacheLoader<String, Integer> {

    final CountDownLatch reading = new CountDownLatch(1);
    final CountDownLatch readingAgain = new CountDownLatch(2);
    final CountDownLatch release = new CountDownLatch(1);
    private final CacheLoader<String, Integer> target;

    HeldLoader(CacheLoader<String, Integer> target) {
        this.target = target;
    }

    @Override
    public Integer load(String key) {
        Integer value = target.load(key);
        hold();
        return value;
    }

    @Override
    public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
        Map<String, Integer> values = target.loadAll(keys);
        hold();
        return values;
    }

    private void hold() {
        reading.countDown();
        readingAgain.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new CacheLoaderException(e);
        }
    }
}
