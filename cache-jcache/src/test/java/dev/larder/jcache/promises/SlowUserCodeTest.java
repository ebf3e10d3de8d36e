package dev.larder.jcache.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.MapWriter;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.concurrency.TestLoader;
import dev.larder.jcache.concurrency.Way;
import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * While user code is held up at one key, two threads get and put 10,000 others. If any of these had to wait for it, the test would
 * not end: it is let go only when they are done.
 */
@Timeout(60)
class SlowUserCodeTest {

    private static final String SLOW = "slow";

    @RegisterExtension
    final TestCaches caches = TestCaches.onSystemTime();

    @RegisterExtension
    final Crew crew = new Crew();

    private final Holdup holdup = new Holdup();

    /** Keys for every bin of the map, and one that has the very hash code of the slow one. */
    private static List<String> otherKeys() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            keys.add("key " + i);
        }
        keys.add(sameHashAsSlow());
        return keys;
    }

    private static String sameHashAsSlow() {
        // one more here is 31 less there
        return "t" + (char) ('l' - 31) + "ow";
    }

    private void assertOthersGoOn(Cache<String, String> cache, Task<?> heldUp) {
        List<String> keys = otherKeys();
        assertThat(sameHashAsSlow().hashCode()).isEqualTo(SLOW.hashCode());
        holdup.awaitReached();

        crew.race(2, thread -> {
            for (String key : keys) {
                cache.get(key);
                cache.put(key, "value");
                assertThat(cache.get(key)).isEqualTo("value");
            }
        });

        assertThat(heldUp.isDone()).isFalse();
        holdup.release();
        heldUp.get();
    }

    private void stayIfSlow(String key) {
        if (key.equals(SLOW)) {
            holdup.stay();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSlowLoadDelaysNoOtherKey(Way way) {
        TestLoader<String, String> loader = new TestLoader<>(key -> {
            stayIfSlow(key);
            return "loaded";
        });
        Cache<String, String> cache = way.open(
                caches, CacheSettings.builder(String.class, String.class).loader(loader), "any");

        assertOthersGoOn(cache, crew.run(() -> cache.get(SLOW)));
    }

    @Test
    void aSlowWriterDelaysNoOtherKey() {
        MapWriter<String, String> writer = new MapWriter<>(this::stayIfSlow);
        Cache<String, String> cache =
                caches.create(CacheSettings.builder(String.class, String.class).writer(writer));

        assertOthersGoOn(cache, crew.run(() -> cache.put(SLOW, "value")));
    }

    @ParameterizedTest
    @EnumSource
    void aSlowProcessorDelaysNoOtherKey(Way way) {
        Cache<String, String> cache = way.open(caches, CacheSettings.builder(String.class, String.class), "any");

        assertOthersGoOn(
                cache,
                crew.run(() -> cache.invoke(SLOW, (entry, arguments) -> {
                    holdup.stay();
                    entry.setValue("processed");
                    return null;
                })));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSlowListenerDelaysNoOtherKey(boolean synchronous) {
        CacheEntryCreatedListener<String, String> listener =
                events -> events.forEach(event -> stayIfSlow(event.getKey()));
        Cache<String, String> cache = caches.create(CacheSettings.builder(String.class, String.class)
                .listener(new MutableCacheEntryListenerConfiguration<>(
                        new FactoryBuilder.SingletonFactory<>(listener), null, false, synchronous)));

        Task<?> heldUp = crew.run(() -> {
            cache.put(SLOW, "value");
            holdup.awaitReached();
            if (!synchronous) {
                holdup.stay();
            }
        });
        assertOthersGoOn(cache, heldUp);
    }
}
