package dev.larder.redis.internal.link;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.StatefulRedisConnectionImpl;
import java.net.SocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * Hears of connections of a client that, made anew, lead to another server than before: it has another address, or numbers its clients lower, so
 * that it was started since. It hears of it by the thread that reads the new connection, and so before any answer is read.
 */
final class NewServers implements RedisConnectionStateListener {

    private static final long UNKNOWN = -1;

    private final Map<RedisChannelHandler<?, ?>, Server> servers = Collections.synchronizedMap(new WeakHashMap<>());
    private final List<BiConsumer<RedisChannelHandler<?, ?>, SocketAddress>> listeners = new CopyOnWriteArrayList<>();

    private record Server(SocketAddress address, long clientNumber) {

        boolean isSurelyStill(Server before) {
            return address.equals(before.address) && clientNumber > before.clientNumber;
        }
    }

    /** Lets somebody hear of it: which connection it is, and where it leads now. Returns what ends that. */
    Runnable listen(BiConsumer<RedisChannelHandler<?, ?>, SocketAddress> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
        Server now = new Server(address, numberOf(connection));
        Server before = servers.put(connection, now);
        if (before != null && !now.isSurelyStill(before)) {
            listeners.forEach(listener -> listener.accept(connection, address));
        }
    }

    /** Returns what the server has said in its greeting. */
    private static long numberOf(RedisChannelHandler<?, ?> connection) {
        if (connection instanceof StatefulRedisConnectionImpl<?, ?> single) {
            Long told = single.getConnectionState().getConnectionId();
            return told == null ? UNKNOWN : told;
        }
        return UNKNOWN;
    }
}
