package dev.larder.redis.internal.link;

import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.PartitionSelectorException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells failures of which it is certain that the server never saw the command. */
final class Unsent {

    /** lettuce has no types for these. */
    private static final List<String> REFUSALS =
            List.of("Commands are rejected", "Commands are not accepted", "Connection is closed");

    private Unsent() {}

    static boolean is(@Nullable Throwable failure) {
        return failure instanceof RedisConnectionException
                || failure instanceof PartitionSelectorException
                || (failure instanceof RedisException && REFUSALS.stream().anyMatch(failure.toString()::contains));
    }
}
