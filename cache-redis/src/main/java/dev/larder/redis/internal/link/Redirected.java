package dev.larder.redis.internal.link;

import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A command that was sent to the node that had its key by what was known of the cluster. If that node sends it elsewhere, it goes the way
 * on which such answers are followed.
 */
final class Redirected<T extends @Nullable Object> extends CommandWrapper<byte[], byte[], T> {

    private final Consumer<RedisCommand<byte[], byte[], ?>> elsewhere;
    private final Consumer<String> toldOfMoves;
    private boolean sent;

    private static final String MOVED = "MOVED ";

    Redirected(
            RedisCommand<byte[], byte[], T> command,
            Consumer<RedisCommand<byte[], byte[], ?>> elsewhere,
            Consumer<String> toldOfMoves) {
        super(command);
        this.elsewhere = elsewhere;
        this.toldOfMoves = toldOfMoves;
    }

    /** Called by the thread of the connection. */
    @Override
    public void complete() {
        String error = getOutput().getError();
        if (!sent && isElsewhere(error)) {
            sent = true;
            if (error.startsWith(MOVED)) {
                toldOfMoves.accept(error);
            }
            getOutput().setError((String) null);
            elsewhere.accept(command);
        } else {
            super.complete();
        }
    }

    /** Whether an error says that another node has the key. */
    static boolean isElsewhere(@Nullable String error) {
        return error != null && (error.startsWith(MOVED) || error.startsWith("ASK "));
    }
}
