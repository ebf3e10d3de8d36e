package dev.larder.redis.internal.link;

import dev.larder.store.StoreException;
import io.lettuce.core.RedisCommandExecutionException;
import java.io.Serial;
import java.util.Map;

/** A server answered with an error, and changed nothing. */
public final class ServerRefusal extends StoreException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What helps, by the word that the error begins with; the rest passes, or explains itself. */
    private static final Map<String, String> REMEDIES = Map.of(
            "NOPERM", "its ACL does not let the user do that; docs/redis.md has the line that is needed",
            "NOAUTH", "it asks who the store is; write \"auth\"",
            "OOM", "it is full; raise its maxmemory, or let its maxmemory-policy be volatile-ttl",
            "CLUSTERDOWN", "some of its slots have no primary; see that one comes back, or give each a replica",
            "MISCONF", "it cannot save to its disk; see to that, or set stop-writes-on-bgsave-error to no");

    private final String code;

    ServerRefusal(String message, RedisCommandExecutionException cause) {
        super(withRemedy(message, codeOf(String.valueOf(cause.getMessage()))), Applied.NO, cause);
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

    private static String withRemedy(String message, String code) {
        String remedy = REMEDIES.get(code);
        return remedy == null ? message : message + " (" + remedy + ")";
    }

    private static String codeOf(String message) {
        int end = message.indexOf(' ');
        return end < 0 ? message : message.substring(0, end);
    }
}
