package dev.larder.redis.internal.link;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tracking of keys of a cluster: each primary tells of those it has. Who becomes a primary is found when it is armed again. */
public final class ClusterTracking implements Tracking {

    private final ClusterLink link;
    private final TrackingOrder order;

    /** The connections by which a server was asked to tell. */
    private final Set<StatefulRedisConnection<byte[], byte[]>> armed = ConcurrentHashMap.newKeySet();

    /** Those of them by which it has refused to, and what it said. */
    private final Map<StatefulRedisConnection<byte[], byte[]>, String> refused = new ConcurrentHashMap<>();

    private final Set<StatefulRedisConnection<byte[], byte[]>> known = ConcurrentHashMap.newKeySet();

    /** Creates tracking over a link that nothing else uses. */
    public ClusterTracking(ClusterLink link, String prefix) {
        this.link = link;
        this.order = new TrackingOrder(prefix);
        link.onPush(order::read);
    }

    @Override
    public void listen(Consumer<@Nullable ByteBuffer> newListener) {
        order.listen(newListener);
    }

    @Override
    public CompletionStage<?> arm() {
        return CompletableFuture.allOf(link.openPrimaries().stream()
                .filter(StatefulRedisConnection::isOpen)
                .map(this::arm)
                .toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<?> arm(StatefulRedisConnection<byte[], byte[]> connection) {
        if (known.add(connection)) {
            connection.addListener(new Reconnections(connection));
        }
        if (!armed.add(connection)) {
            return CompletableFuture.completedFuture(null);
        }
        return order.give(connection)
                .thenAccept(refusal -> answered(connection, refusal))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        armed.remove(connection);
                    }
                });
    }

    private void answered(StatefulRedisConnection<byte[], byte[]> connection, @Nullable String refusal) {
        if (refusal == null) {
            refused.remove(connection);
        } else {
            refused.put(connection, refusal);
        }
        order.tell(null); // what was missed until now
    }

    @Override
    public @Nullable String refusal() {
        return refused.values().stream().findFirst().orElse(null);
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

        private final StatefulRedisConnection<byte[], byte[]> connection;

        Reconnections(StatefulRedisConnection<byte[], byte[]> connection) {
            this.connection = connection;
        }

        @Override
        public void onRedisConnected(RedisChannelHandler<?, ?> reconnected, SocketAddress address) {
            armed.remove(connection);
            known.add(connection);
            var unused = arm(connection);
        }

        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> disconnected) {
            armed.remove(connection);
            refused.remove(connection);
            known.remove(connection); // until it is back, which it is not if its node is a primary no more
        }
    }
}
