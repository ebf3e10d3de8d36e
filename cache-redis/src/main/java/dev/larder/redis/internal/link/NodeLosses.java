package dev.larder.redis.internal.link;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Knows of the lost connections to all nodes of a cluster what {@link LostConnections} knows of those to one server. */
final class NodeLosses implements AutoCloseable {

    private final RedisClient client;
    private final Map<StatefulRedisConnection<byte[], byte[]>, LostConnections> watched = new ConcurrentHashMap<>();

    NodeLosses(RedisClient client) {
        this.client = client;
    }

    /** Watches a connection to a node from now on, unless it is watched already. */
    void watch(RedisURI node, StatefulRedisConnection<byte[], byte[]> connection) {
        if (!watched.containsKey(connection)) {
            watched.computeIfAbsent(connection, unused -> new LostConnections(client, node, connection));
        }
    }

    CompletionStage<?> passed() {
        return CompletableFuture.allOf(watched.values().stream()
                .map(lost -> lost.passed().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public void close() {
        watched.values().forEach(LostConnections::close);
        var unused = client.shutdownAsync();
    }
}
