package dev.larder.redis.internal.link;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.StatefulRedisConnectionImpl;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Hears of connections of a client that, made anew, lead to another server than before: it has another address, or numbers its clients lower than
 * one that was known when it was connected to, so that it was started since. It hears of it by the thread that reads the new connection, and so
 * before any answer is read.
 */
final class NewServers implements RedisConnectionStateListener {

    private static final long UNKNOWN = -1;

    /** How many are remembered of one connection: more than are ever made at the same time. */
    private static final int MOST = 8;

    /** What each connection has led to, the last one first; guarded by itself. */
    private final Map<RedisChannelHandler<?, ?>, Deque<Server>> servers = new WeakHashMap<>();

    private final List<BiConsumer<RedisChannelHandler<?, ?>, SocketAddress>> listeners = new CopyOnWriteArrayList<>();

    /** A server, as far as it is known since some moment. */
    private record Server(SocketAddress address, long clientNumber, long sinceMoment) {

        boolean isSurelyStill(Server before) {
            return address.equals(before.address) && clientNumber > before.clientNumber;
        }
    }

    /** Lets somebody hear of it: which connection it is, and where it leads now. Returns what ends that. */
    Runnable listen(BiConsumer<RedisChannelHandler<?, ?>, SocketAddress> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Without an address it is gone again, and nothing will be read from it. */
    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> connection, @Nullable SocketAddress address) {
        if (address != null) {
            Server now = new Server(address, numberOf(connection), Beginnings.now());
            if (remember(connection, now)) {
                listeners.forEach(listener -> listener.accept(connection, address));
            }
        }
    }

    /** Returns whether this may be another than the last one, which may also have been found only when this had begun to connect. */
    private boolean remember(RedisChannelHandler<?, ?> connection, Server now) {
        long begun = Beginnings.ofConnected();
        synchronized (servers) {
            Deque<Server> known = servers.computeIfAbsent(connection, none -> new ArrayDeque<>());
            Server before = lastBefore(begun, known);
            Server last = known.peekFirst();
            known.addFirst(now);
            if (known.size() > MOST) {
                known.removeLast();
            }
            return before != null && last != null && !(now.isSurelyStill(before) && now.address.equals(last.address));
        }
    }

    /** Returns what was the last one known at that moment, or else the first one; null if there is none. */
    private static @Nullable Server lastBefore(long moment, Deque<Server> known) {
        Server server = null;
        Iterator<Server> older = known.iterator();
        while (older.hasNext() && (server == null || server.sinceMoment > moment)) {
            server = older.next();
        }
        return server;
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
