package dev.larder.redis.internal.link;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.RedisCommand;
import java.util.Collection;
import java.util.List;

/** A connection to one server: a lone one, the primary that a sentinel names, or the endpoint of a service. */
public final class StandaloneLink implements Link {

    private final String name;
    private final StatefulRedisConnection<byte[], byte[]> connection;

    /** Connects. */
    public StandaloneLink(RedisClient client, RedisURI uri) {
        this.name = Names.of(uri);
        this.connection = client.connect(ByteArrayCodec.INSTANCE, uri);
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
    public void close() {
        connection.close();
    }
}
