package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.annotations.spi.FailureHandler;
import dev.larder.jcache.CacheSettings;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.testkit.server.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Methods whose cache is on a Redis that is gone. */
@Timeout(120)
class StoreFailureTest {

    /** A server that is slow is not gone. */
    private static final Duration PATIENT = Duration.ofMinutes(1);

    private final AtomicInteger calls = new AtomicInteger();
    private RedisServer server;
    private RedisStores redis;
    private CacheManager manager;

    /** What is called. */
    interface Source {

        @CacheResult(cacheName = "remote")
        String find(String key);

        @CachePut(cacheName = "remote")
        String put(@CacheKey String key, @CacheValue String value);

        @CacheRemove(cacheName = "remote")
        String remove(String key);

        @CacheRemoveAll(cacheName = "remote")
        String removeAll();
    }

    private record Counting(AtomicInteger calls) implements Source {

        @Override
        public String find(String key) {
            return key + calls.incrementAndGet();
        }

        @Override
        public String put(String key, String value) {
            return find(key);
        }

        @Override
        public String remove(String key) {
            return find(key);
        }

        @Override
        public String removeAll() {
            return find("all");
        }
    }

    @BeforeEach
    void openServer() {
        server = RedisServer.start();
        redis = RedisStores.connect(RedisSettings.of(URI.create(server.uri())));
        manager = Managers.of(Managers.LARDER);
    }

    private void createCache(Duration deadline) {
        manager.createCache(
                "remote",
                CacheSettings.builder(String.class, String.class)
                        .store(redis.stores())
                        .onStoreFailure(OnStoreFailure.FAIL)
                        .storeDeadline(deadline)
                        .build());
    }

    @AfterEach
    void closeCache() {
        manager.close();
        redis.close();
        server.close();
    }

    private Source source(FailureHandler failures) {
        return CachedProxy.of(
                Source.class,
                new Counting(calls),
                CacheAnnotations.builder()
                        .cacheManager(manager)
                        .bareKeys(true)
                        .onFailure(failures)
                        .build());
    }

    @Test
    void methodAnswersWhileTheStoreIsGone() {
        createCache(PATIENT);
        Source source = source(FailureHandler.logging());
        assertThat(source.find("tea")).isEqualTo("tea1");
        assertThat(source.find("tea")).isEqualTo("tea1");

        server.kill();

        assertThat(source.find("tea")).isEqualTo("tea2");
        assertThat(source.put("tea", "5")).isEqualTo("tea3");
        assertThat(source.remove("tea")).isEqualTo("tea4");
        assertThat(source.removeAll()).isEqualTo("all5");
    }

    /** A server that takes requests and says nothing. The bound is that of a machine that has much else to do. */
    @Test
    void methodAnswersWithinABoundWhileTheStoreIsSilent() {
        createCache(Duration.ofMillis(300));
        Source source = source(FailureHandler.logging());
        server.pause();
        try {
            long begin = System.nanoTime();
            assertThat(source.find("tea")).isEqualTo("tea1");
            assertThat(source.put("tea", "5")).isEqualTo("tea2");
            assertThat(source.remove("tea")).isEqualTo("tea3");
            assertThat(source.removeAll()).isEqualTo("all4");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        } finally {
            server.resume();
        }
    }

    @Test
    void failuresAreWarnedOfTheFewerTheMoreThereAre() {
        FailureHandler handler = FailureHandler.logging();
        try (LoggedWarnings warnings = LoggedWarnings.of(FailureHandler.class.getName())) {
            for (int i = 0; i < 9; i++) {
                handler.failed("remote", "get", new CacheException("gone"));
            }

            assertThat(warnings.messages())
                    .extracting(message -> message.replaceAll(".*failure (\\d+).*", "$1"))
                    .containsExactly("1", "2", "4", "8");
        }
    }

    @Test
    void failureReachesTheCallerIfTheHandlerLetsIt() {
        createCache(PATIENT);
        Source source = source(FailureHandler.rethrowing());
        server.kill();

        assertThatThrownBy(() -> source.find("tea")).isInstanceOf(CacheException.class);
        assertThat(calls).hasValue(0);
    }
}
