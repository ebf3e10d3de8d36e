package dev.larder.redis.internal.link;

import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.push.PushMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The order that a server tells of each key with a prefix that changes, and what it says then. */
final class TrackingOrder {

    private final TrackingArgs arguments;

    TrackingOrder(String prefix) {
        this.arguments = TrackingArgs.Builder.enabled().bcast().prefixes(StandardCharsets.UTF_8, prefix);
    }

    /** Gives it to the server at the other end, which forgets it when the connection is lost. */
    CompletionStage<String> give(StatefulRedisConnection<byte[], byte[]> connection) {
        return connection.async().clientTracking(arguments);
    }

    /** Hands on the keys that a message names, or null if all may have changed. */
    void read(PushMessage message, Consumer<@Nullable ByteBuffer> listener) {
        if (!message.getType().equals("invalidate")) {
            return;
        }
        if (message.getContent().get(1) instanceof List<?> keys) {
            keys.forEach(key -> listener.accept((ByteBuffer) key));
        } else {
            listener.accept(null);
        }
    }
}
