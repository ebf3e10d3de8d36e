package dev.larder.redis.internal.link;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.List;

/** Writes that are sent together, and a {@code WAIT} after them, in one flush. For one thread. */
final class Round {

    private static final ByteArrayCodec CODEC = ByteArrayCodec.INSTANCE;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<RedisCommand<byte[], byte[], ?>> commands = new ArrayList<>();

    void add(HeldWrite<?> write) {
        if (write.takeAsking()) {
            commands.add(new AsyncCommand<>(new Command<>(CommandType.ASKING, new StatusOutput<>(CODEC))));
        }
        commands.add(write);
    }

    /** Sends all, and returns the wait, whose answer is how many replicas have what this connection wrote. */
    AsyncCommand<byte[], byte[], Long> send(
            StatefulRedisConnection<byte[], byte[]> connection, int replicas, long waitNanos) {
        AsyncCommand<byte[], byte[], Long> wait = wait(replicas, Math.max(1, waitNanos / NANOS_PER_MILLI));
        commands.add(wait);
        try {
            var unused = connection.dispatch(commands);
        } catch (RuntimeException e) {
            commands.forEach(command -> command.completeExceptionally(e));
        }
        return wait;
    }

    /** Zero milliseconds would be for ever. */
    private static AsyncCommand<byte[], byte[], Long> wait(int replicas, long millis) {
        CommandArgs<byte[], byte[]> arguments =
                new CommandArgs<>(CODEC).add(replicas).add(millis);
        return new AsyncCommand<>(new Command<>(CommandType.WAIT, new IntegerOutput<>(CODEC), arguments));
    }
}
