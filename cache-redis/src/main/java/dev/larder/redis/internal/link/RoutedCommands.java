package dev.larder.redis.internal.link;

import io.lettuce.core.cluster.RedisAdvancedClusterAsyncCommandsImpl;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.RedisCommand;
import java.util.function.Consumer;

/** Commands of a cluster whose way to a node is a link's own, if they have a key: it sees where they are sent before they are. */
final class RoutedCommands extends RedisAdvancedClusterAsyncCommandsImpl<byte[], byte[]> {

    private final Consumer<RedisCommand<byte[], byte[], ?>> route;

    RoutedCommands(
            StatefulRedisClusterConnection<byte[], byte[]> connection,
            Consumer<RedisCommand<byte[], byte[], ?>> route) {
        super(connection, ByteArrayCodec.INSTANCE);
        this.route = route;
    }

    @Override
    public <T> AsyncCommand<byte[], byte[], T> dispatch(RedisCommand<byte[], byte[], T> command) {
        if (command.getArgs() == null || command.getArgs().getFirstEncodedKey() == null) {
            return super.dispatch(command);
        }
        AsyncCommand<byte[], byte[], T> sent = new AsyncCommand<>(command);
        route.accept(sent);
        return sent;
    }
}
