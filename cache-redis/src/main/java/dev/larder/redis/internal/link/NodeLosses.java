package dev.larder.redis.internal.link;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows of the lost connections to all nodes of a cluster what {@link LostConnections} knows of those to one server. One more thing ends a lost
 * connection here: that its node serves nothing any more, by what the cluster said since. What it had yet to read it drops when it follows
 * the one that took over, and until then nobody asks it.
 */
final class NodeLosses implements AutoCloseable {

    private final RedisClient client;
    private final ClusterClient cluster;
    private final Map<StatefulRedisConnection<byte[], byte[]>, NodeLoss> watched = new ConcurrentHashMap<>();

    private record NodeLoss(RedisURI node, LostConnections lost) {}

    NodeLosses(RedisClient client, ClusterClient cluster) {
        this.client = client;
        this.cluster = cluster;
    }

    /** Watches a connection to a node from now on, unless it is watched already. */
    void watch(RedisURI node, StatefulRedisConnection<byte[], byte[]> connection) {
        if (!watched.containsKey(connection)) {
            watched.computeIfAbsent(
                    connection,
                    unused -> new NodeLoss(
                            node, new LostConnections(client, node, connection, () -> cluster.isReplaced(node))));
        }
    }

    CompletionStage<?> passed() {
        return CompletableFuture.allOf(watched.values().stream()
                .map(each -> each.lost().passed().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Forgets the connections to nodes that are in the cluster no more, once what was sent over them has come to its end. */
    void followCluster() {
        watched.forEach((connection, each) -> {
            if (!cluster.knows(each.node())) {
                var unused = each.lost().passed().thenRun(() -> watched.remove(connection));
            }
        });
    }

    /** Returns how many connections are watched. */
    int size() {
        return watched.size();
    }

    @Override
    public void close() {
        watched.values().forEach(each -> each.lost().close());
        var unused = client.shutdownAsync();
    }
}
