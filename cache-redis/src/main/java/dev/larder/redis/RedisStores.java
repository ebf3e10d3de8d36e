package dev.larder.redis;

import dev.larder.redis.internal.store.RedisSource;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreSource;

/**
 * The stores of caches on one server or cluster of Redis or Valkey, over one set of connections.
 *
 * <pre>{@code
 * try (RedisStores redis = RedisStores.connect(RedisSettings.of(URI.create("redis://cache.example")))) {
 *     CacheSettings<String, Integer> settings = CacheSettings.builder(String.class, Integer.class)
 *             .store(redis.stores())
 *             .expireAfterWrite(Duration.ofMinutes(10))
 *             .build();
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads. To be closed after the caches.
 */
public final class RedisStores implements StoreSource {

    private final RedisSource source;

    private RedisStores(RedisSource source) {
        this.source = source;
    }

    /**
     * Connects.
     *
     * @throws dev.larder.store.StoreException if the server cannot be reached
     */
    public static RedisStores connect(RedisSettings settings) {
        return new RedisStores(RedisSource.connect(settings.uri(), settings.prefix()));
    }

    /** Returns what opens the store of a cache. It can be serialised, but opens stores in this JVM alone, and as long as this is open. */
    @Override
    public StoreFactory stores() {
        return source.stores();
    }

    /** Ends all connections. */
    @Override
    public void close() {
        source.close();
    }
}
