package dev.larder.testkit.server;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** Makes those known to the first that it does not know, and it tells the others. It forgets those that do not answer for a while. */
    void introduce() {
        Set<Integer> known = ClusterReport.of(primaries.get(0)).stream()
                .flatMap(report -> report.members().stream())
                .map(ClusterMember::port)
                .collect(Collectors.toSet());
        if (known.isEmpty()) {
            return; // it does not answer now
        }
        try (Resp first = primaries.get(0).connect()) {
            Stream.concat(primaries.stream(), replicas.stream())
                    .filter(other -> !known.contains(other.port()))
                    .forEach(other -> meet(first, other));
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
