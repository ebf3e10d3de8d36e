package dev.larder.redis.internal.link;

import io.lettuce.core.cluster.RedisAdvancedClusterAsyncCommandsImpl;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.RedisCommand;
import org.jspecify.annotations.Nullable;

/** Lettuce's commands, sent by our own route. */
final class RoutedCommands extends RedisAdvancedClusterAsyncCommandsImpl<byte[], byte[]> {

    private final ClusterRoute route;

    RoutedCommands(StatefulRedisClusterConnection<byte[], byte[]> connection, ClusterRoute route) {
        super(connection, ByteArrayCodec.INSTANCE);
        this.route = route;
    }

    @Override
    public <T extends @Nullable Object> AsyncCommand<byte[], byte[], T> dispatch(
            RedisCommand<byte[], byte[], T> command) {
        AsyncCommand<byte[], byte[], T> async = new AsyncCommand<>(command);
        route.send(async);
        return async;
    }
}
