package dev.larder.testkit.server;

import java.util.List;

/** Makes a cluster of nodes that know nothing of each other: the first half become primaries, each of the others follows one of these. */
final class ClusterFormation {

    private final List<RedisServer> primaries;
    private final List<RedisServer> replicas;

    ClusterFormation(List<RedisServer> nodes) {
        this.primaries = nodes.subList(0, nodes.size() / 2);
        this.replicas = nodes.subList(nodes.size() / 2, nodes.size());
    }

    /** Gives slots to the primaries. Each gets an epoch of its own, or else they would have to settle who is first. */
    void shareSlots() {
        for (int i = 0; i < primaries.size(); i++) {
            try (Resp node = primaries.get(i).connect()) {
                node.call("CLUSTER", "ADDSLOTSRANGE", "" + firstSlot(i), "" + (firstSlot(i + 1) - 1));
                node.call("CLUSTER", "SET-CONFIG-EPOCH", "" + (i + 1));
            }
        }
    }

    private int firstSlot(int primary) {
        return SlotOwners.SLOTS * primary / primaries.size();
    }

    /** Makes all known to the first, which tells the others. */
    void introduce() {
        try (Resp first = primaries.get(0).connect()) {
            primaries.stream().skip(1).forEach(other -> meet(first, other));
            replicas.forEach(other -> meet(first, other));
        }
    }

    private static void meet(Resp first, RedisServer other) {
        first.call("CLUSTER", "MEET", other.host(), "" + other.port());
    }

    /** Lets each replica follow its primary, which it must have heard of. */
    void follow() {
        for (int i = 0; i < replicas.size(); i++) {
            replicas.get(i)
                    .call(
                            "CLUSTER",
                            "REPLICATE",
                            String.valueOf(primaries.get(i).call("CLUSTER", "MYID")));
        }
    }
}
