package dev.larder.redis.internal.link;

import io.lettuce.core.RedisException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A primary has made a write, and it is not known of enough replicas that they have it. */
final class Unacknowledged extends RedisException {

    @Serial
    private static final long serialVersionUID = 1L;

    private Unacknowledged(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static Unacknowledged tooFew(int wanted, long reached) {
        return new Unacknowledged(
                reached + " of the " + wanted + " replicas of \"ack\": \"replicas(" + wanted
                        + ")\" had it in time; look at the replicas (INFO replication), or write a smaller number, or a longer storeDeadline",
                null);
    }

    static Unacknowledged refused(int wanted, Throwable refusal) {
        return new Unacknowledged(
                "it refused WAIT, by which \"ack\": \"replicas(" + wanted + ")\" asks for replicas: "
                        + refusal.getMessage(),
                refusal);
    }
}
