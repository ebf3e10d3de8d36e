package dev.larder.redis.internal.link;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks all nodes of a cluster that there are connections to whether they are there. Of one that hangs the other nodes are asked who serves in its
 * place, each second until somebody does.
 */
final class NodePulses implements AutoCloseable {

    private final ClusterClient cluster;
    private final ClientResources resources;
    private final Map<StatefulRedisConnection<byte[], byte[]>, NodePulse> pulses = new ConcurrentHashMap<>();

    private record NodePulse(RedisURI node, Pulse pulse) {}

    NodePulses(ClusterClient cluster, ClientResources resources) {
        this.cluster = cluster;
        this.resources = resources;
    }

    /** Asks a node by this connection from now on, unless that is done already. */
    void watch(RedisURI node, StatefulRedisConnection<byte[], byte[]> connection) {
        if (!pulses.containsKey(connection)) {
            pulses.computeIfAbsent(connection, unused -> start(node, connection));
        }
    }

    private NodePulse start(RedisURI node, StatefulRedisConnection<byte[], byte[]> connection) {
        return new NodePulse(node, Pulse.ofNode(Names.of(node), connection, resources, new Pulse.Listener() {

            @Override
            public void silent() {
                cluster.noteSilence(node);
                var unused = cluster.follow();
            }

            @Override
            public void answered() {
                cluster.noteAnswer(node);
            }
        }));
    }

    /** Asks those no more that are in the cluster no more, and waits no longer for those that hang and have been replaced. */
    void followCluster() {
        pulses.forEach((connection, each) -> {
            if (!cluster.knows(each.node())) {
                pulses.remove(connection);
                end(each);
            } else if (!cluster.serves(each.node())) {
                each.pulse().dropIfSilent();
            }
        });
    }

    private void end(NodePulse ended) {
        ended.pulse().close();
        cluster.noteAnswer(ended.node());
    }

    /** Returns how many connections are asked. */
    int size() {
        return pulses.size();
    }

    @Override
    public void close() {
        pulses.values().forEach(this::end);
        pulses.clear();
    }
}
