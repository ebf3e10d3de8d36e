package dev.larder.redis.internal.link;

import dev.larder.store.StoreException;
import io.lettuce.core.RedisCommandExecutionException;
import java.io.Serial;

/** A server answered with an error, and changed nothing. */
public final class ServerRefusal extends StoreException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;

    ServerRefusal(String message, RedisCommandExecutionException cause) {
        super(message, Applied.NO, cause);
        this.code = codeOf(String.valueOf(cause.getMessage()));
    }

    /** Returns the word that the error begins with, such as {@code WRONGTYPE}. */
    public String code() {
        return code;
    }

    /** Whether there is something at the key that a command of this type is not for. */
    public boolean isOfOtherType() {
        return code.equals("WRONGTYPE");
    }

    private static String codeOf(String message) {
        int end = message.indexOf(' ');
        return end < 0 ? message : message.substring(0, end);
    }
}
