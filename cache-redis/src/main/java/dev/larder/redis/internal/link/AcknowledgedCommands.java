package dev.larder.redis.internal.link;

import io.lettuce.core.AbstractRedisAsyncCommands;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.RedisCommand;
import java.util.List;

/** Commands with one key each that write, and are sent by a link that has them acknowledged. */
final class AcknowledgedCommands extends AbstractRedisAsyncCommands<byte[], byte[]> {

    private final Link link;

    /** Creates them; the connection tells of its options alone. */
    AcknowledgedCommands(Link link, StatefulConnection<byte[], byte[]> connection) {
        super(connection, ByteArrayCodec.INSTANCE);
        this.link = link;
    }

    @Override
    public <T> AsyncCommand<byte[], byte[], T> dispatch(RedisCommand<byte[], byte[], T> command) {
        AsyncCommand<byte[], byte[], T> answer = new AsyncCommand<>(command);
        link.dispatch(List.of(answer));
        return answer;
    }
}
