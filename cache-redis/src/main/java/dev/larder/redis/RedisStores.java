package dev.larder.redis;

import dev.larder.redis.Opening.Opened;
import dev.larder.redis.auth.CredentialsProvider;
import dev.larder.redis.internal.link.Client;
import dev.larder.redis.internal.store.RedisSource;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreSource;
import java.util.Objects;

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
    private final Client<?> client;

    private RedisStores(RedisSource source, Client<?> client) {
        this.source = source;
        this.client = client;
    }

    /**
     * Connects.
     *
     * @throws dev.larder.store.StoreException if a server cannot be reached; the message says which setting may help
     * @throws IllegalArgumentException if a file with certificates or a key is not there, or not what it should be
     */
    public static RedisStores connect(RedisSettings settings) {
        return of(Opening.open(settings), settings);
    }

    /**
     * Connects as whoever code of the application tells. Live connections learn of other credentials as soon as the provider tells them.
     *
     * @param credentials asked for each connection, and again when the time comes that it named
     * @throws IllegalArgumentException if the settings hold credentials, too, the provider needs TLS and an address has none, or a file with certificates or a key is not what it should be
     * @throws dev.larder.store.StoreException if a server cannot be reached; the message says which setting may help
     */
    public static RedisStores connect(RedisSettings settings, CredentialsProvider credentials) {
        Objects.requireNonNull(credentials, "credentials");
        Combinations.checkCredentials(settings, credentials);
        return of(Opening.open(settings, () -> credentials), settings);
    }

    private static RedisStores of(Opened opened, RedisSettings settings) {
        return new RedisStores(
                RedisSource.of(opened.link(), opened.tracking(), opened.subscriptions(), settings.prefix()),
                opened.client());
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
        client.close();
    }
}
