package dev.larder.redis.internal.link;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.push.PushMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The order that a server tells of each key with a prefix that changes, what it says then, and who is told. */
final class TrackingOrder {

    private final TrackingArgs arguments;
    private volatile @Nullable Consumer<@Nullable ByteBuffer> listener;

    TrackingOrder(String prefix) {
        this.arguments = TrackingArgs.Builder.enabled().bcast().prefixes(StandardCharsets.UTF_8, prefix);
    }

    /**
     * Gives it to the server at the other end, which forgets it when the connection is lost. Completes with nothing if it is carried out, else with what
     * the server says: it may not know such orders, or not take them from this user.
     */
    CompletableFuture<@Nullable String> give(StatefulRedisConnection<byte[], byte[]> connection) {
        return connection
                .async()
                .clientTracking(arguments)
                .toCompletableFuture()
                .<@Nullable String>thenApply(told -> null)
                .exceptionallyCompose(TrackingOrder::refused);
    }

    private static CompletionStage<@Nullable String> refused(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RedisCommandExecutionException
                ? CompletableFuture.completedFuture(String.valueOf(cause.getMessage()))
                : CompletableFuture.failedFuture(cause);
    }

    void listen(Consumer<@Nullable ByteBuffer> newListener) {
        listener = newListener;
    }

    /** Tells of the keys that a message names, or null if all may have changed. */
    void read(PushMessage message) {
        if (!message.getType().equals("invalidate")) {
            return;
        }
        if (message.getContent().get(1) instanceof List<?> keys) {
            keys.forEach(key -> tell((ByteBuffer) key));
        } else {
            tell(null);
        }
    }

    void tell(@Nullable ByteBuffer key) {
        Consumer<@Nullable ByteBuffer> told = listener;
        if (told != null) {
            told.accept(key);
        }
    }
}
