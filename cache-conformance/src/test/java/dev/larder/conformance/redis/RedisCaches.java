package dev.larder.conformance.redis;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.provider.LarderCachingProvider;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.Resp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
                        .onStoreFailure(OnStoreFailure.FAIL)
                        .storeDeadline(Member.PATIENCE))
                .build();
        URI manager = URI.create("redis-caches:" + UUID.randomUUID());
        return LarderCache.of(
                provider.getCacheManager(manager, getClass().getClassLoader()).createCache(name, settings));
    }

    /** Returns what is stored at the only key of a cache, which has one entry. */
    byte[] storedBy(String cache) {
        return (byte[]) Objects.requireNonNull(call("GET", keyOf(cache)));
    }

    /** Stores something else at the only key of a cache, as another application would. */
    void store(String cache, byte[] bytes) {
        call("SET", keyOf(cache), bytes);
    }

    /** Puts a list in place of what is at the only key of a cache. */
    void storeList(String cache, byte[] element) {
        byte[] key = keyOf(cache);
        call("DEL", key);
        call("RPUSH", key, element);
    }

    private byte[] keyOf(String cache) {
        return (byte[]) ((List<?>) Objects.requireNonNull(call("KEYS", bytes("larder:K*" + cache + "*")))).get(0);
    }

    private @Nullable Object call(String command, byte[]... arguments) {
        try (Resp connection = server.connect()) {
            return connection.call(Stream.concat(Stream.of(bytes(command)), Arrays.stream(arguments))
                    .toArray(byte[][]::new));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        provider.close();
        redis.close();
        server.close();
    }
}
