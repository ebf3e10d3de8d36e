package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.annotations.extra.Ttl;
import dev.larder.jcache.provider.LarderCachingProvider;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.cache.annotation.CacheResult;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is remembered for a while is forgotten when that is over. */
class EndingTest {

    private final FakeTime time = new FakeTime();
    private final CachingProvider provider = LarderCachingProvider.withTime(time, time);
    private final Counting counting = new Counting();
    private final Source source = CachedProxy.of(
            Source.class,
            counting,
            CacheAnnotations.builder()
                    .cacheManager(provider.getCacheManager())
                    .absentFor(Duration.ofSeconds(10))
                    .build());

    /** What is called. */
    interface Source {

        @CacheResult(cacheName = "brief")
        @Ttl(value = 5, unit = TimeUnit.SECONDS)
        Integer brief(String key);

        @CacheResult(cacheName = "nothing")
        @Nullable
        Integer nothing(String key);
    }

    private static final class Counting implements Source {

        private int calls;

        @Override
        public Integer brief(String key) {
            return ++calls;
        }

        @Override
        public @Nullable Integer nothing(String key) {
            calls++;
            return null;
        }
    }

    @AfterEach
    void closeProvider() {
        provider.close();
    }

    @Test
    void ttlEnds() {
        assertThat(source.brief("key")).isEqualTo(1);
        time.advance(Duration.ofSeconds(5).minusMillis(1));
        assertThat(source.brief("key")).isEqualTo(1);

        time.advance(Duration.ofMillis(1));

        assertThat(source.brief("key")).isEqualTo(2);
    }

    @Test
    void absenceEnds() {
        assertThat(source.nothing("key")).isNull();
        time.advance(Duration.ofSeconds(10).minusMillis(1));
        assertThat(source.nothing("key")).isNull();
        assertThat(counting.calls).isEqualTo(1);

        time.advance(Duration.ofMillis(1));

        assertThat(source.nothing("key")).isNull();
        assertThat(counting.calls).isEqualTo(2);
    }
}
