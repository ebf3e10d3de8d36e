package dev.larder.redis.internal.link;

import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The channels of a cluster (sharded pub/sub, Redis 7): the primary that has a channel's slot tells of it. */
final class ClusterChannels implements Channels {

    private final String name;
    private final RedisClusterClient lettuce;
    private final StatefulRedisClusterPubSubConnection<byte[], byte[]> connection;

    private ClusterChannels(
            String name, RedisClusterClient lettuce, StatefulRedisClusterPubSubConnection<byte[], byte[]> connection) {
        this.name = name;
        this.lettuce = lettuce;
        this.connection = connection;
    }

    static ClusterChannels of(Client<RedisClusterClient> client) {
        try {
            return new ClusterChannels(
                    client.name(), client.lettuce(), client.lettuce().connectPubSub(ByteArrayCodec.INSTANCE));
        } catch (RedisException e) {
            throw Unreachable.of(client.name(), client.access(), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletableFuture<StatefulRedisPubSubConnection<byte[], byte[]>> connectionTo(byte[] channel) {
        int slot = SlotHash.getSlot(channel);
        RedisClusterNode node = connection.getPartitions().getMasterBySlot(slot);
        if (node == null) {
            return CompletableFuture.failedFuture(new RedisException("no node is known to have slot " + slot));
        }
        RedisURI uri = node.getUri();
        return connection.getConnectionAsync(uri.getHost(), uri.getPort());
    }

    @Override
    public CompletionStage<?> subscribe(StatefulRedisPubSubConnection<byte[], byte[]> to, byte[] channel) {
        return to.async().ssubscribe(channel);
    }

    @Override
    public CompletionStage<?> unsubscribe(StatefulRedisPubSubConnection<byte[], byte[]> to, byte[] channel) {
        return to.async().sunsubscribe(channel);
    }

    @Override
    public CompletionStage<?> locate() {
        return lettuce.refreshPartitionsAsync();
    }

    @Override
    public void close() {
        connection.close();
    }
}
