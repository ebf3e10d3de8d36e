package dev.larder.redis.internal.link;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.RedisCommand;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A connection to one server: a lone one, the primary that a sentinel names, or the endpoint of a service. */
public final class StandaloneLink implements Link {

    private final String name;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final LostConnections lost;

    /** Connects. */
    public StandaloneLink(RedisClient client, RedisURI uri) {
        this.name = Names.of(uri);
        this.connection = client.connect(ByteArrayCodec.INSTANCE, uri);
        this.lost = new LostConnections(client, uri, connection);
    }

    StatefulRedisConnection<byte[], byte[]> connection() {
        return connection;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return connection.async();
    }

    @Override
    public void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
        connection.dispatch(commands);
    }

    @Override
    public boolean isCluster() {
        return false;
    }

    @Override
    public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries() {
        return List.of(commands());
    }

    @Override
    public CompletionStage<?> fence() {
        return lost.passed();
    }

    @Override
    public void close() {
        lost.close();
        connection.close();
    }
}
