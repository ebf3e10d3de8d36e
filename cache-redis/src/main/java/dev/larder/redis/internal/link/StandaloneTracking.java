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

    /** Whether the server has said if it tells by the connection there is now. */
    private volatile boolean armed;

    private volatile @Nullable String refusal;

    /** Creates tracking over a connection that nothing else uses. */
    public StandaloneTracking(StandaloneLink link, String prefix) {
        this.link = link;
        this.connection = link.connection();
        this.order = new TrackingOrder(prefix);
        connection.addListener(message -> order.read(message));
        connection.addListener(new Reconnections());
    }

    @Override
    public void listen(Consumer<@Nullable ByteBuffer> newListener) {
        order.listen(newListener);
    }

    @Override
    public CompletionStage<?> arm() {
        if (armed) {
            return CompletableFuture.completedFuture(null);
        }
        return order.give(connection).thenAccept(refused -> {
            refusal = refused;
            armed = true;
            order.tell(null); // what was missed until now
        });
    }

    @Override
    public @Nullable String refusal() {
        return refusal;
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
