package dev.larder.redis.internal.link;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends each command to the node that has its key, and on to another if that one says so. While the connection to a node is being opened for the
 * first time its commands wait, no more of them than may wait for answers; once it was open, they are refused while it is not. Nothing is
 * thrown: each command completes, in some way.
 */
final class ClusterRoute implements Redirected.Route {

    private final ClusterClient cluster;
    private final StatefulRedisClusterConnection<byte[], byte[]> connection;
    private final NodeConnections nodes;
    private final int mostWaiting;
    private final AtomicInteger waiting = new AtomicInteger();

    ClusterRoute(
            ClusterClient cluster,
            StatefulRedisClusterConnection<byte[], byte[]> connection,
            NodeConnections nodes,
            int mostWaiting) {
        this.cluster = cluster;
        this.connection = connection;
        this.nodes = nodes;
        this.mostWaiting = mostWaiting;
    }

    void send(RedisCommand<byte[], byte[], ?> command) {
        ByteBuffer key = keyOf(command);
        if (key == null) {
            connection.dispatch(command);
            return;
        }
        RedisClusterNode node = connection.getPartitions().getMasterBySlot(SlotHash.getSlot(key));
        if (node == null) {
            refuse(List.of(command));
        } else {
            send(node, List.of(to(node, command)));
        }
    }

    private static @Nullable ByteBuffer keyOf(RedisCommand<byte[], byte[], ?> command) {
        CommandArgs<byte[], byte[]> arguments = command.getArgs();
        return arguments == null ? null : arguments.getFirstEncodedKey();
    }

    /** Sends commands, all of which have keys, together: one flush for each node. */
    void send(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
        Map<RedisClusterNode, List<RedisCommand<byte[], byte[], ?>>> byNode = new HashMap<>();
        for (RedisCommand<byte[], byte[], ?> command : commands) {
            RedisClusterNode node = connection.getPartitions().getMasterBySlot(SlotHash.getSlot(keyOf(command)));
            if (node == null) {
                refuse(List.of(command));
            } else {
                byNode.computeIfAbsent(node, unused -> new ArrayList<>()).add(to(node, command));
            }
        }
        byNode.forEach(this::send);
    }

    private <T extends @Nullable Object> Redirected<T> to(
            RedisClusterNode node, RedisCommand<byte[], byte[], T> command) {
        return new Redirected<>(command, node.getUri().getHost(), this);
    }

    private void refuse(List<RedisCommand<byte[], byte[], ?>> commands) {
        var unused = cluster.follow();
        fail(commands, new RedisException("No node serves the slot now. Commands are rejected."));
    }

    private void send(RedisClusterNode node, List<RedisCommand<byte[], byte[], ?>> commands) {
        sendOver(nodes.to(node), commands);
    }

    @Override
    public void follow(Redirection redirection, Redirected<?> command) {
        if (redirection.isAsk()) {
            sendOver(nodes.to(command.host(), redirection.port()), List.of(asking(), command));
        } else {
            var unused = cluster.follow();
            sendOver(nodes.to(command.host(), redirection.port()), List.of(command));
        }
    }

    private static RedisCommand<byte[], byte[], ?> asking() {
        return new Command<>(
                CommandType.ASKING,
                new StatusOutput<>(ByteArrayCodec.INSTANCE),
                new CommandArgs<>(ByteArrayCodec.INSTANCE));
    }

    private void sendOver(
            CompletableFuture<StatefulRedisConnection<byte[], byte[]>> open,
            List<RedisCommand<byte[], byte[], ?>> commands) {
        if (open.isDone()) {
            var unused = open.whenComplete((opened, failure) -> sendOrFail(opened, failure, commands));
        } else if (waiting.addAndGet(commands.size()) > mostWaiting) {
            waiting.addAndGet(-commands.size());
            fail(commands, new RedisException("Too many wait for a connection. Commands are not accepted."));
        } else {
            var unused = open.whenComplete((opened, failure) -> {
                waiting.addAndGet(-commands.size());
                sendOrFail(opened, failure, commands);
            });
        }
    }

    private static void sendOrFail(
            @Nullable StatefulRedisConnection<byte[], byte[]> opened,
            @Nullable Throwable failure,
            List<RedisCommand<byte[], byte[], ?>> commands) {
        if (opened == null) {
            fail(commands, failure == null ? new RedisException("Not connected. Commands are rejected.") : failure);
            return;
        }
        try {
            var unused = opened.dispatch(commands);
        } catch (RedisException e) {
            fail(commands, e);
        }
    }

    private static void fail(List<RedisCommand<byte[], byte[], ?>> commands, Throwable failure) {
        commands.forEach(command -> command.completeExceptionally(failure));
    }

    /** Returns how many commands wait for a connection. */
    int waiting() {
        return waiting.get();
    }
}
