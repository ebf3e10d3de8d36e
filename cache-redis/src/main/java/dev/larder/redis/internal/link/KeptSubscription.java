package dev.larder.redis.internal.link;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that each channel is heard of, by the connection to who tells of it now. Lettuce would subscribe again by itself, but not follow a slot, nor
 * more than one channel of a node.
 *
 * <p>For each channel it is known by which connection it comes, or was asked for. That ends with the connection, with a refusal, and when the server
 * says that it tells no more; then it is asked for again: at once where a new connection is there, and each second whatever happened.
 */
final class KeptSubscription implements Subscription, Runnable {

    private static final System.Logger LOGGER = System.getLogger(KeptSubscription.class.getName());
    private static final long PERIOD_MILLIS = 1_000;

    private final Channels channels;
    private final Subscriber subscriber;
    private final Set<ByteBuffer> wanted = ConcurrentHashMap.newKeySet();
    private final Map<ByteBuffer, StatefulRedisPubSubConnection<byte[], byte[]>> ways = new ConcurrentHashMap<>();
    private final Set<StatefulRedisPubSubConnection<byte[], byte[]>> watched = ConcurrentHashMap.newKeySet();
    private @Nullable Future<?> keeping;
    private volatile boolean refused;
    private volatile boolean closed;

    private KeptSubscription(Channels channels, Subscriber subscriber) {
        this.channels = channels;
        this.subscriber = subscriber;
    }

    /** Begins, with no channel yet. */
    static KeptSubscription open(Channels channels, Subscriber subscriber, ClientResources resources) {
        KeptSubscription opened = new KeptSubscription(channels, subscriber);
        opened.keeping = resources
                .eventExecutorGroup()
                .scheduleWithFixedDelay(opened, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return opened;
    }

    @Override
    public void subscribe(byte[] channel) {
        ByteBuffer name = ByteBuffer.wrap(channel.clone());
        wanted.add(name);
        ask(name);
    }

    @Override
    public void unsubscribe(byte[] channel) {
        ByteBuffer name = ByteBuffer.wrap(channel);
        wanted.remove(name);
        StatefulRedisPubSubConnection<byte[], byte[]> way = ways.remove(name);
        if (way != null) {
            var unused = channels.unsubscribe(way, channel.clone());
        }
    }

    /** Asks for what is not heard of. */
    @Override
    public void run() {
        wanted.forEach(this::ask);
    }

    private void ask(ByteBuffer channel) {
        if (closed || !wanted.contains(channel)) {
            return;
        }
        try {
            var unused = channels.connectionTo(bytes(channel)).thenAccept(connection -> ask(channel, connection));
        } catch (RedisException e) {
            LOGGER.log(Level.DEBUG, "{0} is asked again in a second: {1}", channels.name(), e.getMessage());
        }
    }

    private void ask(ByteBuffer channel, StatefulRedisPubSubConnection<byte[], byte[]> connection) {
        StatefulRedisPubSubConnection<byte[], byte[]> before = ways.put(channel, connection);
        if (before == connection) {
            return;
        }
        watch(connection);
        if (before != null) {
            var unused = channels.unsubscribe(before, bytes(channel)); // it may be with a replica now, which tells, too
        }
        var unused = channels.subscribe(connection, bytes(channel)).whenComplete((done, failure) -> {
            if (failure != null) {
                refused(channel, connection, failure);
            }
        });
        if (!wanted.contains(channel)) {
            unsubscribe(bytes(channel)); // meanwhile it was
        }
    }

    private static byte[] bytes(ByteBuffer channel) {
        byte[] copy = new byte[channel.remaining()];
        channel.duplicate().get(copy);
        return copy;
    }

    private void watch(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
        if (watched.add(connection)) {
            connection.addListener(new Ear(connection));
            connection.addListener(new Reconnections(connection));
        }
    }

    private void refused(
            ByteBuffer channel, StatefulRedisPubSubConnection<byte[], byte[]> connection, Throwable failure) {
        ways.remove(channel, connection);
        String reason = String.valueOf(failure.getMessage());
        if (reason.startsWith("MOVED")) {
            var unused = channels.locate();
        } else if (connection.isOpen() && !closed && !refused) {
            refused = true;
            LOGGER.log(
                    Level.WARNING,
                    "{0} does not tell what is published, and is asked again each second: {1}",
                    channels.name(),
                    reason);
        }
    }

    @Override
    public void close() {
        closed = true;
        if (keeping != null) {
            keeping.cancel(false);
        }
        channels.close();
    }

    /** Hears by one connection, and only what is expected from there. */
    private final class Ear extends RedisPubSubAdapter<byte[], byte[]> {

        private final StatefulRedisPubSubConnection<byte[], byte[]> connection;

        Ear(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
            this.connection = connection;
        }

        private boolean isExpected(byte[] channel) {
            return !closed && ways.get(ByteBuffer.wrap(channel)) == connection;
        }

        @Override
        public void subscribed(byte[] channel, long count) {
            if (isExpected(channel)) {
                subscriber.subscribed(channel);
            }
        }

        @Override
        public void message(byte[] channel, byte[] message) {
            if (isExpected(channel)) {
                subscriber.message(channel, message);
            }
        }

        @Override
        public void ssubscribed(byte[] channel, long count) {
            subscribed(channel, count);
        }

        @Override
        public void smessage(byte[] channel, byte[] message) {
            message(channel, message);
        }

        @Override
        public void sunsubscribed(byte[] channel, long count) {
            unsubscribed(channel, count);
        }

        /** A server that has a slot no more says so of its channels. */
        @Override
        public void unsubscribed(byte[] channel, long count) {
            ByteBuffer name = ByteBuffer.wrap(channel);
            if (ways.remove(name, connection) && !closed) {
                var unused = channels.locate().thenRun(() -> ask(name));
            }
        }
    }

    /** What was subscribed ends with a connection. */
    private final class Reconnections implements RedisConnectionStateListener {

        private final StatefulRedisPubSubConnection<byte[], byte[]> connection;

        Reconnections(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
            this.connection = connection;
        }

        @Override
        public void onRedisConnected(RedisChannelHandler<?, ?> reconnected, SocketAddress address) {
            watched.add(connection);
            forget();
            run();
        }

        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> disconnected) {
            watched.remove(connection); // until it is back, which it is not if its node has left
            forget();
        }

        private void forget() {
            ways.values().removeIf(way -> way == connection);
        }
    }
}
