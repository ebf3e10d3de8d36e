package dev.larder.testkit.server;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a node says of its cluster.
 *
 * @param info the lines of {@code CLUSTER INFO}
 */
record ClusterReport(Set<String> info, List<ClusterMember> members) {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** Asks a node; nothing if it does not answer. */
    static Optional<ClusterReport> of(RedisServer node) {
        if (!node.isRunning()) {
            return Optional.empty();
        }
        try (Resp connection = node.connect(TIMEOUT)) {
            String info = "" + connection.call("CLUSTER", "INFO");
            String nodes = "" + connection.call("CLUSTER", "NODES");
            return Optional.of(new ClusterReport(
                    info.lines().collect(Collectors.toSet()),
                    nodes.lines().map(ClusterMember::parse).toList()));
        } catch (UncheckedIOException | RespException e) {
            return Optional.empty();
        }
    }

    /** Returns whether all slots are served, as far as this node knows. */
    boolean isOk() {
        return info.contains("cluster_state:ok") && info.contains("cluster_slots_ok:16384");
    }

    /** Returns who does what, which all nodes say alike once they have told each other. */
    Set<List<Object>> roles() {
        return members.stream().map(ClusterMember::role).collect(Collectors.toSet());
    }

    /** Returns the id of this node. */
    String id() {
        return members.stream()
                .filter(ClusterMember::isSelf)
                .findFirst()
                .orElseThrow()
                .id();
    }
}
