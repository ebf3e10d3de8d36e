package dev.larder.jcache.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.Beans;
import dev.larder.jcache.fixture.CacheMaker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriterException;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.management.CacheStatisticsMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to entries and is neither a put nor a removal. */
@Timeout(300)
class UncountedTest {

    private final CacheMaker maker = new CacheMaker();

    @AfterEach
    void close() {
        maker.close();
    }

    @Test
    void loadIsAMissAndNoPut() throws Exception {
        LarderCache<String, String> cache =
                maker.make(CacheMaker.strings().statistics(true).loader(new Echo()));
        CacheStatisticsMXBean statistics = Beans.statistics(cache);

        cache.get("a");
        cache.getAll(Set.of("a", "b"));
        cache.invoke("c", (entry, arguments) -> entry.getValue());
        CompletionListenerFuture done = new CompletionListenerFuture();
        cache.loadAll(Set.of("a", "d"), true, done);
        done.get();

        assertThat(statistics.getCacheHits()).isEqualTo(1);
        assertThat(statistics.getCacheMisses()).isEqualTo(3);
        assertThat(statistics.getCachePuts()).isZero();
        assertThat(cache.estimatedSize()).isEqualTo(4);
    }

    private record Echo() implements CacheLoader<String, String> {

        @Override
        public String load(String key) {
            return key;
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            Map<String, String> all = new HashMap<>();
            keys.forEach(key -> all.put(key, key));
            return all;
        }
    }

    @Test
    void changeThatTheWriterRefusesIsNone() {
        LarderCache<String, String> cache =
                maker.make(CacheMaker.strings().statistics(true).writer(new WriterToNowhere() {
                    @Override
                    public void write(Cache.Entry<? extends String, ? extends String> entry) {
                        throw new CacheWriterException("no");
                    }

                    @Override
                    public void delete(Object key) {
                        throw new CacheWriterException("no");
                    }
                }));
        CacheStatisticsMXBean statistics = Beans.statistics(cache);

        assertThatThrownBy(() -> cache.put("k", "v")).isInstanceOf(CacheWriterException.class);
        assertThatThrownBy(() -> cache.putIfAbsent("k", "v")).isInstanceOf(CacheWriterException.class);
        assertThatThrownBy(() -> cache.remove("k")).isInstanceOf(CacheWriterException.class);

        assertThat(statistics.getCachePuts()).isZero();
        assertThat(statistics.getCacheRemovals()).isZero();
    }

    @Test
    void expiryIsNeitherRemovalNorEviction() {
        LarderCache<String, String> cache =
                maker.make(CacheMaker.strings().statistics(true).expireAfterWrite(Duration.ofSeconds(1)));
        CacheStatisticsMXBean statistics = Beans.statistics(cache);
        cache.put("k", "v");

        maker.time().advance(Duration.ofSeconds(10));

        assertThat(cache.estimatedSize()).isZero();
        assertThat(statistics.getCacheRemovals()).isZero();
        assertThat(statistics.getCacheEvictions()).isZero();
    }
}
