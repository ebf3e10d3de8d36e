package dev.larder.redis.internal.link;

import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.protocol.ConnectionIntent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The connections to the nodes of a cluster. Each is watched from before anything is sent over it. Safe for use by many threads. */
final class NodeConnections implements AutoCloseable {

    private final ClusterClient cluster;
    private final StatefulRedisClusterConnection<byte[], byte[]> connection;
    private final Promotions promotions;
    private final NodeLosses losses;
    private final NodePulses pulses;

    NodeConnections(
            ClusterClient cluster,
            StatefulRedisClusterConnection<byte[], byte[]> connection,
            Promotions promotions,
            NodeLosses losses,
            NodePulses pulses) {
        this.cluster = cluster;
        this.connection = connection;
        this.promotions = promotions;
        this.losses = losses;
        this.pulses = pulses;
    }

    /**
     * Returns the connection to a primary by which keys are reached, too: lettuce knows others by the node's id. That it is one is noticed before
     * anything is sent over it.
     */
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> to(RedisClusterNode node) {
        promotions.sending(node);
        return to(node.getUri());
    }

    private CompletableFuture<StatefulRedisConnection<byte[], byte[]>> to(RedisURI uri) {
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> open;
        try {
            open = connection.getConnectionAsync(uri.getHost(), uri.getPort());
        } catch (RedisException | IllegalStateException e) {
            return CompletableFuture.failedFuture(e); // the node has left meanwhile, or this is closed
        }
        if (open.isDone()) {
            if (!open.isCompletedExceptionally()) {
                watch(uri, open.join());
            }
            return open;
        }
        return open.thenApply(opened -> {
            watch(uri, opened);
            return opened;
        });
    }

    private void watch(RedisURI uri, StatefulRedisConnection<byte[], byte[]> opened) {
        losses.watch(uri, opened);
        pulses.watch(uri, opened);
    }

    /** Returns the connection to the node at an address, of which the cluster is asked first if it is not known yet. */
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> to(String host, int port) {
        RedisClusterNode known = connection.getPartitions().getPartition(host, port);
        if (known != null) {
            return to(known);
        }
        // a question that is under way may have been asked before the cluster knew
        return cluster.follow()
                .thenCompose(unused -> knows(host, port) ? CompletableFuture.completedFuture(null) : cluster.follow())
                .thenCompose(unused -> toKnown(host, port));
    }

    private boolean knows(String host, int port) {
        return connection.getPartitions().getPartition(host, port) != null;
    }

    private CompletableFuture<StatefulRedisConnection<byte[], byte[]>> toKnown(String host, int port) {
        RedisClusterNode found = connection.getPartitions().getPartition(host, port);
        return found == null
                ? CompletableFuture.failedFuture(
                        new RedisException("Nobody in the cluster knows of " + host + ":" + port
                                + ". Commands are rejected. If the nodes are known by other names, let them announce the same ones everywhere; see "
                                + "\"TLS\" in docs/redis.md"))
                : to(found);
    }

    /** Returns the connection by which a replica is read. */
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> toReplica(RedisClusterNode node) {
        RedisURI uri = node.getUri();
        try {
            return connection
                    .getConnectionAsync(uri.getHost(), uri.getPort(), ConnectionIntent.READ)
                    .thenApply(opened -> {
                        pulses.watch(uri, opened);
                        return opened;
                    });
        } catch (RedisException | IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Does what is to be done when the cluster has changed. */
    void followCluster() {
        promotions.followCluster();
        pulses.followCluster();
        losses.followCluster();
    }

    CompletionStage<?> lossesPassed() {
        return losses.passed();
    }

    @Override
    public void close() {
        pulses.close();
        losses.close();
    }
}
