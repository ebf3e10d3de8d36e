package dev.larder.jcache.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.Parallel;
import dev.larder.jcache.fixture.RecordingListener;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class LateListenerTest {

    private final CacheMaker maker = new CacheMaker();
    private final Parallel parallel = new Parallel();

    @AfterEach
    void close() {
        parallel.close();
        maker.close();
    }

    @Test
    void listenerThatComesWhileTheCacheClosesIsClosedOrRefused() throws Exception {
        for (int round = 0; round < 300; round++) {
            LarderCache<String, String> cache = maker.make(CacheMaker.strings());
            RecordingListener<String, String> listener = new RecordingListener<>();
            AtomicInteger made = new AtomicInteger();
            parallel.run(2, thread -> {
                if (thread == 0) {
                    cache.close();
                } else {
                    registerOrHearThatItIsClosed(cache, listener, made);
                }
            });

            assertThat(listener.closings()).as("round " + round).isEqualTo(made.get());
        }
    }

    private static void registerOrHearThatItIsClosed(
            LarderCache<String, String> cache, RecordingListener<String, String> listener, AtomicInteger made) {
        try {
            cache.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
                    () -> {
                        made.incrementAndGet();
                        return listener;
                    },
                    null,
                    true,
                    true));
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining(cache.getName());
        }
    }
}
