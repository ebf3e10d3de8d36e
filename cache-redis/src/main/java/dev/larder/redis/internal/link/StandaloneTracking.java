package dev.larder.redis.internal.link;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tracking of keys of one server. */
public final class StandaloneTracking implements Tracking {

    private final StandaloneLink link;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final TrackingOrder order;
    private volatile @Nullable Consumer<@Nullable ByteBuffer> listener;

    /** Whether the server has promised to tell by the connection there is now. */
    private volatile boolean armed;

    /** Creates tracking over a connection that nothing else uses. */
    public StandaloneTracking(StandaloneLink link, String prefix) {
        this.link = link;
        this.connection = link.connection();
        this.order = new TrackingOrder(prefix);
        connection.addListener(message -> order.read(message, this::tell));
        connection.addListener(new Reconnections());
    }

    @Override
    public void listen(Consumer<@Nullable ByteBuffer> newListener) {
        listener = newListener;
    }

    @Override
    public CompletionStage<?> arm() {
        if (armed) {
            return CompletableFuture.completedFuture(null);
        }
        return order.give(connection).thenRun(() -> {
            armed = true;
            tell(null); // what was missed until now
        });
    }

    private void tell(@Nullable ByteBuffer key) {
        Consumer<@Nullable ByteBuffer> told = listener;
        if (told != null) {
            told.accept(key);
        }
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public void close() {
        link.close();
    }

    /** Lettuce does not turn tracking on again by itself. */
    private final class Reconnections implements RedisConnectionStateListener {

        @Override
        public void onRedisConnected(RedisChannelHandler<?, ?> reconnected, SocketAddress address) {
            armed = false;
            var unused = arm();
        }

        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> disconnected) {
            armed = false;
        }
    }
}
