package dev.larder.redis.internal.link;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who writes to each node of a cluster. Writes wait while a connection is being opened for the first time, as all other commands do, and no more of them than may
 * wait for answers. Nothing is thrown: each write completes, in some way. Safe for use by many threads.
 */
final class NodeWrites {

    private final Function<StatefulRedisConnection<byte[], byte[]>, ReplicatedWrites> opening;
    private final int mostWaiting;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<StatefulRedisConnection<byte[], byte[]>, ReplicatedWrites> byConnection =
            new ConcurrentHashMap<>();

    NodeWrites(Function<StatefulRedisConnection<byte[], byte[]>, ReplicatedWrites> opening, int mostWaiting) {
        this.opening = opening;
        this.mostWaiting = mostWaiting;
    }

    /**
     * Sends writes to a node when its connection is open.
     *
     * @param ifNot why they are refused if it cannot be opened
     */
    void send(
            CompletableFuture<StatefulRedisConnection<byte[], byte[]>> open, List<HeldWrite<?>> writes, String ifNot) {
        if (open.isDone()) {
            var unused = open.whenComplete((opened, failure) -> sendOrRefuse(opened, writes, ifNot));
        } else if (waiting.addAndGet(writes.size()) > mostWaiting) {
            waiting.addAndGet(-writes.size());
            writes.forEach(write -> write.refuse("Too many writes wait for a connection: " + mostWaiting + "."));
        } else {
            var unused = open.whenComplete((opened, failure) -> {
                waiting.addAndGet(-writes.size());
                sendOrRefuse(opened, writes, ifNot);
            });
        }
    }

    private void sendOrRefuse(
            @Nullable StatefulRedisConnection<byte[], byte[]> opened, List<HeldWrite<?>> writes, String ifNot) {
        if (opened == null) {
            writes.forEach(write -> write.refuse(ifNot));
        } else {
            over(opened).send(writes);
        }
    }

    /** Returns who writes over a connection; the same for as long as it is not closed, also if it is down for a moment. */
    ReplicatedWrites over(StatefulRedisConnection<byte[], byte[]> connection) {
        ReplicatedWrites known = byConnection.get(connection);
        if (known != null) {
            return known;
        }
        byConnection.keySet().removeIf(NodeWrites::isClosed); // those of nodes that have left
        return byConnection.computeIfAbsent(connection, opening);
    }

    private static boolean isClosed(StatefulRedisConnection<byte[], byte[]> connection) {
        return connection instanceof RedisChannelHandler<?, ?> handler && handler.isClosed();
    }
}
