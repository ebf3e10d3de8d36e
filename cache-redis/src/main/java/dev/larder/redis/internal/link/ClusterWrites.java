package dev.larder.redis.internal.link;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Writes to the primaries of a cluster, over one connection to each. A write that a node sends elsewhere is made, and confirmed, by the connection
 * to the node that it is sent to.
 */
final class ClusterWrites implements WriteRoutes {

    private final ClusterLink link;
    private final ClusterClient cluster;
    private final Function<StatefulRedisConnection<byte[], byte[]>, ReplicatedWrites> opening;
    private final Map<StatefulRedisConnection<byte[], byte[]>, ReplicatedWrites> byConnection =
            new ConcurrentHashMap<>();

    ClusterWrites(
            ClusterLink link,
            ClusterClient cluster,
            Function<StatefulRedisConnection<byte[], byte[]>, ReplicatedWrites> opening) {
        this.link = link;
        this.cluster = cluster;
        this.opening = opening;
    }

    @Override
    public void send(List<HeldWrite<?>> writes) {
        Map<StatefulRedisConnection<byte[], byte[]>, List<HeldWrite<?>>> byNode = new HashMap<>();
        for (HeldWrite<?> write : writes) {
            RedisClusterNode node = link.primaryOf(slotOf(write));
            StatefulRedisConnection<byte[], byte[]> open = node == null ? null : link.ifOpen(node);
            if (node == null || open == null) {
                write.refuse("Currently not connected.");
            } else {
                write.goesTo(node.getUri().getHost());
                byNode.computeIfAbsent(open, unused -> new ArrayList<>()).add(write);
            }
        }
        byNode.forEach((node, held) -> over(node).send(held));
    }

    private static int slotOf(RedisCommand<byte[], byte[], ?> write) {
        return SlotHash.getSlot(write.getArgs().getFirstEncodedKey());
    }

    private ReplicatedWrites over(StatefulRedisConnection<byte[], byte[]> node) {
        ReplicatedWrites known = byConnection.get(node);
        if (known != null) {
            return known;
        }
        byConnection.keySet().removeIf(other -> !other.isOpen()); // those of nodes that have left
        return byConnection.computeIfAbsent(node, opening);
    }

    @Override
    public void follow(HeldWrite<?> write, Redirection redirection) {
        if (redirection.isAsk()) {
            write.ask();
        } else {
            var unused = cluster.follow();
        }
        if (!redirection.host().isEmpty()) {
            write.goesTo(redirection.host());
        }
        var unused = link.nodes().to(write.host(), redirection.port()).whenComplete((node, failure) -> {
            if (node == null) {
                write.refuse(
                        "No connection to " + write.host() + ":" + redirection.port() + ", which has the key now.");
            } else {
                over(node).send(List.of(write));
            }
        });
    }
}
