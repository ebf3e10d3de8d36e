package dev.larder.redis.internal.link;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Notices nodes of a cluster that become primaries, before a command is sent to them as such. A slot that moves from one primary to another loses
 * no writes, and is none of its business.
 */
final class Promotions {

    private final Supplier<Partitions> view;
    private final Successions successions;

    /** The primaries that are known as such, by the ids of their nodes. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** Takes the primaries that there are for those that have always been. */
    Promotions(Supplier<Partitions> view, Successions successions) {
        this.view = view;
        this.successions = successions;
        known.addAll(primaries());
    }

    private Set<String> primaries() {
        return view.get().stream()
                .filter(node -> node.getRole().isUpstream() && !node.is(NodeFlag.FAIL))
                .map(RedisClusterNode::getNodeId)
                .collect(Collectors.toSet());
    }

    /** A command is to be sent to this node because it has the key. */
    void sending(RedisClusterNode node) {
        if (!known.contains(node.getNodeId())) {
            promoted(node);
        }
    }

    /** Whoever else is about to send to it waits until all has been told. */
    private synchronized void promoted(RedisClusterNode node) {
        if (known.contains(node.getNodeId())) {
            return;
        }
        String former = node.getSlaveOf();
        if (former != null) {
            known.remove(former); // it lacks what is written from now on
        }
        tellOfSlots(owner ->
                owner.getNodeId().equals(node.getNodeId()) || owner.getNodeId().equals(former));
        known.add(node.getNodeId());
    }

    /** The cluster has changed. Who is a primary no more is promoted if he becomes one again. */
    void followCluster() {
        known.retainAll(primaries());
    }

    /** The node at this address was started since it was connected to. */
    void startedAnew(SocketAddress address) {
        tellOfSlots(owner -> isAt(owner.getUri(), address));
    }

    private static boolean isAt(RedisURI uri, SocketAddress address) {
        return address instanceof InetSocketAddress known
                && known.getPort() == uri.getPort()
                && (known.getHostString().equals(uri.getHost())
                        || known.getAddress() == null
                        || known.getAddress().getHostAddress().equals(uri.getHost()));
    }

    private void tellOfSlots(Predicate<RedisClusterNode> owners) {
        Partitions now = view.get();
        successions.tell(key -> {
            RedisClusterNode owner = now.getMasterBySlot(SlotHash.getSlot(key));
            return owner == null || owners.test(owner);
        });
    }
}
