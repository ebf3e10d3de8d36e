package dev.larder.conformance.redis;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.provider.LarderCachingProvider;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.testkit.server.RedisServer;
import java.net.URI;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Caches on a server of their own; each of them is opened as another JVM would open it. */
final class RedisCaches implements AutoCloseable {

    private final RedisServer server = RedisServer.start();
    private final RedisStores redis = RedisStores.connect(RedisSettings.of(URI.create(server.uri())));
    private final LarderCachingProvider provider = new LarderCachingProvider();

    /** Opens a cache in a manager of its own. */
    <K, V> LarderCache<K, V> open(
            String name, Class<K> keyType, Class<V> valueType, UnaryOperator<CacheSettings.Builder<K, V>> more) {
        CacheSettings<K, V> settings = more.apply(CacheSettings.builder(keyType, valueType)
                        .store(redis.stores())
                        .onStoreFailure(OnStoreFailure.FAIL))
                .build();
        URI manager = URI.create("redis-caches:" + UUID.randomUUID());
        return LarderCache.of(
                provider.getCacheManager(manager, getClass().getClassLoader()).createCache(name, settings));
    }

    @Override
    public void close() {
        provider.close();
        redis.close();
        server.close();
    }
}
