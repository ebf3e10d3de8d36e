package dev.larder.redis.internal.link;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
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
                .filter(node -> node.getRole().isUpstream())
                .map(RedisClusterNode::getNodeId)
                .collect(Collectors.toSet());
    }

    /** A command is to be sent to this node because it has the key. */
    void sending(RedisClusterNode node) {
        if (!known.contains(node.getNodeId())) {
            String former = node.getSlaveOf();
            tellOfSlots(owner -> owner.getNodeId().equals(node.getNodeId())
                    || owner.getNodeId().equals(former));
            known.retainAll(primaries());
            known.add(node.getNodeId());
        }
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
