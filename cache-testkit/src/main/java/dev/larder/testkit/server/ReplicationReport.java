package dev.larder.testkit.server;

import java.util.Collection;

/** Reads what a server says of replication: the lines of {@code INFO replication}. */
final class ReplicationReport {

    private ReplicationReport() {}

    /**
     * Returns whether a replica has all that its primary has, or a primary sends each write to all its replicas. A replica
     * calls its link up as soon as it has the primary's data; the primary sends it nothing more before it has heard so, up
     * to a second later, and what is written in between would be lost with the primary.
     */
    static boolean isLinked(Collection<String> lines) {
        return lines.contains("role:master") ? sendsToAll(lines) : lines.contains("master_link_status:up");
    }

    private static boolean sendsToAll(Collection<String> lines) {
        return lines.stream()
                .filter(line -> line.matches("slave\\d+:.*"))
                .allMatch(line -> line.contains("state=online"));
    }
}
