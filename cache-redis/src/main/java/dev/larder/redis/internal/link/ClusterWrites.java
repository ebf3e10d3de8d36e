package dev.larder.redis.internal.link;

import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes to the primaries of a cluster, over one connection to each. A write that a node sends elsewhere is made, and confirmed, by the connection
 * to the node that it is sent to.
 */
final class ClusterWrites implements WriteRoutes {

    private final ClusterLink link;
    private final ClusterClient cluster;
    private final NodeWrites nodes;

    ClusterWrites(ClusterLink link, ClusterClient cluster, NodeWrites nodes) {
        this.link = link;
        this.cluster = cluster;
        this.nodes = nodes;
    }

    @Override
    public void send(List<HeldWrite<?>> writes) {
        Map<RedisClusterNode, List<HeldWrite<?>>> byNode = new HashMap<>();
        for (HeldWrite<?> write : writes) {
            RedisClusterNode node = link.primaryOf(slotOf(write));
            if (node == null) {
                var unused = cluster.follow();
                write.refuse("No node serves the slot now.");
            } else {
                write.goesTo(node.getUri().getHost());
                byNode.computeIfAbsent(node, unused -> new ArrayList<>()).add(write);
            }
        }
        byNode.forEach((node, held) -> nodes.send(link.nodes().to(node), held, "Currently not connected."));
    }

    private static int slotOf(RedisCommand<byte[], byte[], ?> write) {
        return SlotHash.getSlot(write.getArgs().getFirstEncodedKey());
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
        nodes.send(
                link.nodes().to(write.host(), redirection.port()),
                List.of(write),
                "No connection to " + write.host() + ":" + redirection.port() + ", which has the key now.");
    }
}
