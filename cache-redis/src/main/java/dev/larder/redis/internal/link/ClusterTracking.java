package dev.larder.redis.internal.link;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.push.PushMessage;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tracking of keys of all primaries of a cluster. */
public final class ClusterTracking implements Tracking {

    private final ClusterLink link;
    private final TrackingArgs arguments;
    private final Pushes pushes = new Pushes();

    /** Which nodes have promised to tell by the connections there are now. */
    private final Map<StatefulRedisConnection<byte[], byte[]>, AtomicBoolean> armed = new ConcurrentHashMap<>();

    /** Creates tracking over connections that nothing else uses. */
    public ClusterTracking(ClusterLink link, String prefix) {
        this.link = link;
        this.arguments = TrackingArgs.Builder.enabled().bcast().prefixes(StandardCharsets.UTF_8, prefix);
        link.connection().addListener((node, message) -> told(message));
    }

    private void told(PushMessage message) {
        pushes.pushed(message);
    }

    @Override
    public void listen(Consumer<@Nullable ByteBuffer> listener) {
        pushes.listen(listener);
    }

    @Override
    public CompletionStage<?> arm() {
        return CompletableFuture.allOf(link.open().stream().map(this::arm).toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<?> arm(StatefulRedisConnection<byte[], byte[]> node) {
        AtomicBoolean promised = armed.computeIfAbsent(node, this::followed);
        if (!promised.compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(null);
        }
        return node.async()
                .clientTracking(arguments)
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        pushes.missed();
                    } else {
                        promised.set(false);
                    }
                })
                .toCompletableFuture();
    }

    private AtomicBoolean followed(StatefulRedisConnection<byte[], byte[]> node) {
        AtomicBoolean promised = new AtomicBoolean();
        node.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisConnected(RedisChannelHandler<?, ?> reconnected, SocketAddress address) {
                promised.set(false);
                var unused = arm(node);
            }

            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> disconnected) {
                promised.set(false);
                if (!node.isOpen()) {
                    armed.remove(node);
                }
            }
        });
        return promised;
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public void close() {
        link.close();
    }
}
