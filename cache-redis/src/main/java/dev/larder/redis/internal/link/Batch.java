package dev.larder.redis.internal.link;

import io.lettuce.core.GetExArgs;
import io.lettuce.core.SetArgs;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Commands that are sent together: one flush for each server. For one thread. */
public final class Batch {

    private static final ByteArrayCodec CODEC = ByteArrayCodec.INSTANCE;

    private final List<AsyncCommand<byte[], byte[], ?>> commands = new ArrayList<>();

    /** Adds a GET, and returns what its answer will be. */
    public CompletableFuture<byte @Nullable []> get(byte[] key) {
        return add(CommandType.GET, new ValueOutput<>(CODEC), arguments().addKey(key));
    }

    /** Adds an MGET, whose answer has a value or null for each key. All keys are on the same server. */
    public CompletableFuture<List<byte @Nullable []>> mget(List<byte[]> keys) {
        return add(CommandType.MGET, new ValueListOutput<>(CODEC), new EncodedKeys(keys));
    }

    /** Adds a GETEX. */
    public CompletableFuture<byte @Nullable []> getex(byte[] key, GetExArgs until) {
        CommandArgs<byte[], byte[]> arguments = arguments().addKey(key);
        until.build(arguments);
        return add(CommandType.GETEX, new ValueOutput<>(CODEC), arguments);
    }

    /** Adds a SET. */
    public CompletableFuture<String> set(byte[] key, byte[] value, SetArgs options) {
        CommandArgs<byte[], byte[]> arguments = arguments().addKey(key).addValue(value);
        options.build(arguments);
        return add(CommandType.SET, new StatusOutput<>(CODEC), arguments);
    }

    /** Adds an UNLINK. */
    public CompletableFuture<Long> unlink(byte[] key) {
        return add(CommandType.UNLINK, new IntegerOutput<>(CODEC), arguments().addKey(key));
    }

    /** Adds a PTTL. */
    public CompletableFuture<Long> pttl(byte[] key) {
        return add(CommandType.PTTL, new IntegerOutput<>(CODEC), arguments().addKey(key));
    }

    /** Adds a script that the server is expected to know. */
    public CompletableFuture<List<Object>> evalsha(Script script, byte[] key, byte[]... values) {
        CommandArgs<byte[], byte[]> arguments =
                arguments().add(script.digest()).add(1).addKey(key).addValues(values);
        return add(CommandType.EVALSHA, new NestedMultiOutput<>(CODEC), arguments);
    }

    private static CommandArgs<byte[], byte[]> arguments() {
        return new CommandArgs<>(CODEC);
    }

    private <R extends @Nullable Object> CompletableFuture<R> add(
            CommandType type, CommandOutput<byte[], byte[], R> output, CommandArgs<byte[], byte[]> arguments) {
        AsyncCommand<byte[], byte[], R> command = new AsyncCommand<>(new Command<>(type, output, arguments));
        commands.add(command);
        return command;
    }

    /** Sends all, and nothing if there is none. */
    public void send(Link link) {
        if (!commands.isEmpty()) {
            link.dispatch(commands);
        }
    }
}
