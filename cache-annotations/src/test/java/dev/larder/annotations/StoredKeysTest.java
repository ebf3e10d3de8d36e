package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.annotations.key.ParametersKey;
import dev.larder.jcache.CacheSettings;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.testkit.server.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The keys that methods have unless told otherwise, in caches that two managers have on one Redis. */
@Timeout(120)
class StoredKeysTest {

    private static final String NAME = "stored";

    private static RedisServer server;
    private static RedisStores redis;
    private static RedisStores otherRedis;

    private final AtomicInteger calls = new AtomicInteger();
    private final CacheManager manager = Managers.of(Managers.LARDER);
    private final CacheManager other = Managers.of(Managers.LARDER);

    /** What is called. */
    interface Prices {

        @CacheResult(cacheName = NAME)
        String price(String item, int year);

        @CacheResult(cacheName = NAME)
        String priceOf(UUID item, LocalDate day, @Nullable Boolean reduced, List<Long> shops, int... years);

        @CacheResult(cacheName = NAME)
        String priceIn(String item, TimeUnit unit);

        @CachePut(cacheName = NAME)
        void putIn(@CacheKey String item, @CacheKey TimeUnit unit, @CacheValue String price);

        @CacheResult(cacheName = NAME)
        String priceByItem(@CacheKey String item, @CacheKey int year, TimeUnit unit);

        @CacheRemove(cacheName = NAME)
        void forget(String item, int year);
    }

    private final class Counted implements Prices {

        @Override
        public String price(String item, int year) {
            return item + " " + calls.incrementAndGet();
        }

        @Override
        public String priceOf(UUID item, LocalDate day, @Nullable Boolean reduced, List<Long> shops, int... years) {
            return price("", 0);
        }

        @Override
        public String priceIn(String item, TimeUnit unit) {
            return price(item, 0);
        }

        @Override
        public void putIn(String item, TimeUnit unit, String price) {}

        @Override
        public String priceByItem(String item, int year, TimeUnit unit) {
            return price(item, year);
        }

        @Override
        public void forget(String item, int year) {}
    }

    @BeforeAll
    static void startServer() {
        server = RedisServer.start();
        redis = RedisStores.connect(RedisSettings.of(URI.create(server.uri())));
        otherRedis = RedisStores.connect(RedisSettings.of(URI.create(server.uri())));
    }

    @AfterAll
    static void stopServer() {
        redis.close();
        otherRedis.close();
        server.close();
    }

    @BeforeEach
    void openCaches() {
        open(manager, redis, settings(Object.class));
        open(other, otherRedis, settings(Object.class));
    }

    private static <K> CacheSettings.Builder<K, String> settings(Class<K> keys) {
        return CacheSettings.builder(keys, String.class)
                .onStoreFailure(OnStoreFailure.FAIL)
                .storeDeadline(Duration.ofMinutes(1));
    }

    private static <K> void open(CacheManager manager, RedisStores redis, CacheSettings.Builder<K, String> settings) {
        manager.createCache(NAME, settings.store(redis.stores()).build());
    }

    @AfterEach
    void closeCaches() {
        manager.destroyCache(NAME);
        manager.close();
        other.close();
    }

    private Prices over(CacheManager some) {
        return CachedProxy.of(
                Prices.class,
                new Counted(),
                CacheAnnotations.builder().cacheManager(some).build());
    }

    @Test
    void keyOfSeveralParametersIsFoundByAnotherManager() {
        assertThat(over(manager).price("tea", 2026)).isEqualTo("tea 1");

        assertThat(over(other).price("tea", 2026)).isEqualTo("tea 1");
        assertThat(over(other).price("tea", 2027)).isEqualTo("tea 2");
    }

    @Test
    void allTypesOfTheTableCanBeInAKey() {
        UUID item = new UUID(1, 2);
        String price = over(manager).priceOf(item, LocalDate.EPOCH, null, List.of(1L), 2026, 2027);

        assertThat(over(other).priceOf(item, LocalDate.EPOCH, null, List.of(1L), 2026, 2027))
                .isEqualTo(price);
    }

    @Test
    void removalByAnotherManagerTakesItAway() {
        over(manager).price("tea", 2026);

        over(other).forget("tea", 2026);

        assertThat(over(manager).price("tea", 2026)).isEqualTo("tea 2");
    }

    @Test
    void keyCanBeMadeByHandAndIsReadInAWalk() {
        over(manager).price("tea", 2026);
        Cache<Object, String> cache = other.getCache(NAME, Object.class, String.class);

        assertThat(cache.get(ParametersKey.of("tea", 2026))).isEqualTo("tea 1");
        assertThat(cache).extracting(Cache.Entry::getKey).containsExactly(ParametersKey.of("tea", 2026));
    }

    @Test
    void cacheCanDeclareSuchKeys() {
        manager.destroyCache(NAME);
        open(manager, redis, settings(ParametersKey.class));

        assertThat(over(manager).price("tea", 2026)).isEqualTo("tea 1");
        assertThat(over(manager).price("tea", 2026)).isEqualTo("tea 1");
    }

    @Test
    void parameterThatAStoreCannotHoldIsAnErrorThatSaysWhatHelps() {
        assertThatThrownBy(() -> over(manager).priceIn("tea", TimeUnit.DAYS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cache \"stored\"")
                .hasMessageContaining("Prices.priceIn(")
                .hasMessageContaining("part 2")
                .hasMessageContaining(TimeUnit.class.getName())
                .hasMessageContainingAll("@CacheKey", "cacheKeyGenerator", "bareKeys");
        assertThatThrownBy(() -> over(manager).putIn("tea", TimeUnit.DAYS, "5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Prices.putIn(");
    }

    @Test
    void markingTheOtherParametersHelps() {
        assertThat(over(manager).priceByItem("tea", 2026, TimeUnit.DAYS)).isEqualTo("tea 1");
        assertThat(over(other).priceByItem("tea", 2026, TimeUnit.DAYS)).isEqualTo("tea 1");
    }

    @Test
    void allowingTheClassHelps() {
        manager.destroyCache(NAME);
        open(manager, redis, settings(Object.class).codecs(codecs -> codecs.allow(TimeUnit.class)));

        assertThat(over(manager).priceIn("tea", TimeUnit.DAYS)).isEqualTo("tea 1");
        assertThat(over(manager).priceIn("tea", TimeUnit.DAYS)).isEqualTo("tea 1");
    }

    /** By value on the heap, which is what a cache is unless told otherwise. */
    @Test
    void keyOfImmutableParametersIsNotCopied() {
        Cache<Object, Object> cache = manager.createCache(
                "heap", CacheSettings.builder(Object.class, Object.class).build());
        ParametersKey key = ParametersKey.of("tea", 2026);

        cache.put(key, "5");

        assertThat(cache.iterator().next().getKey()).isSameAs(key);
    }
}
