package dev.larder.jcache.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Stress;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.concurrency.TestLoader;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A thousand threads miss a key at once. The time counts under stress; every build only asks that they do not load one after the other. */
@Timeout(600)
class StampedeTest {

    private static final System.Logger LOGGER = System.getLogger(StampedeTest.class.getName());
    private static final int THREADS = 1_000;
    private static final Duration LOAD = Duration.ofMillis(300);
    private static final Duration LONGEST = Duration.ofMillis(Stress.ON ? 600 : 30_000);

    @RegisterExtension
    final TestCaches caches = TestCaches.onSystemTime();

    @RegisterExtension
    final Crew crew = new Crew();

    private final TestLoader<String, String> slow = new TestLoader<>(key -> {
        if (key.equals("k")) {
            // the time that a slow source takes, and not a test that waits for something
            LockSupport.parkNanos(LOAD.toNanos());
        }
        return "value of " + key;
    });

    private static CacheSettings.Builder<String, String> strings() {
        return CacheSettings.builder(String.class, String.class);
    }

    @Test
    void coldKeyIsLoadedOnceAndAllAreAnsweredSoon() throws Exception {
        assertThatOneLoadAnswersAll(caches.create(strings().loader(slow)));
    }

    /** One load and a thousand who wait for it take one turn. */
    @Test
    void soItIsWithAllThatSparesTheSource() throws Exception {
        CacheSettings.Builder<String, String> spared = strings()
                .loader(slow)
                .expireAfterWrite(Duration.ofMinutes(10))
                .jitter(0.1)
                .maxLoads(2)
                .maxWaitingLoads(0)
                .coalesceLoads(Duration.ofMillis(2));

        assertThatOneLoadAnswersAll(caches.create(spared));
    }

    private void assertThatOneLoadAnswersAll(Cache<String, String> cache) throws Exception {
        // what is loaded once, like classes, is not what a stampede costs
        cache.get("another");
        Duration took = stampede(() -> assertThat(cache.get("k")).isEqualTo("value of k"));

        LOGGER.log(Level.INFO, "{0} threads were answered within {1} ms", THREADS, took.toMillis());
        assertThat(slow.loads()).containsOnlyKeys("k", "another").containsEntry("k", 1);
        assertThat(took).isLessThan(LONGEST);
    }

    /** Lets all threads begin, and returns after how long the last was done. */
    private Duration stampede(Runnable part) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(THREADS);
        CountDownLatch go = new CountDownLatch(1);
        List<Task<Void>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(crew.run(() -> {
                ready.countDown();
                Crew.await(go);
                part.run();
            }));
        }
        assertThat(ready.await(60, TimeUnit.SECONDS)).isTrue();
        long start = System.nanoTime();
        go.countDown();
        threads.forEach(Task::get);
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
