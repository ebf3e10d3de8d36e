package dev.larder.testkit.server;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * Finds out whether writes get to replicas. A replica calls its link up as soon as it has the primary's data, and the primary
 * may call it online as soon; but it sends nothing more before the replica has said so, up to a second later, and what is
 * written in between would be lost with the primary. Only a write of which the replica has told tells.
 */
final class Replication {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final String WAIT_MILLIS = "200";

    private Replication() {}

    /** Returns whether a server is a replica that has all its primary has, or a primary whose replicas get each write. */
    static boolean isGoing(RedisServer server) {
        if (!server.isRunning()) {
            return false;
        }
        try (Resp connection = server.connect(TIMEOUT)) {
            List<String> report =
                    ("" + connection.call("INFO", "replication")).lines().toList();
            return report.contains("role:master")
                    ? isHeardBy(replicas(report), connection)
                    : report.contains("master_link_status:up");
        } catch (UncheckedIOException | RespException e) {
            return false;
        }
    }

    private static long replicas(List<String> report) {
        return report.stream().filter(line -> line.matches("slave\\d+:.*")).count();
    }

    /** The write has no key, as a node of a cluster serves only some, and changes nothing: no test has functions. */
    private static boolean isHeardBy(long replicas, Resp primary) {
        primary.call("FUNCTION", "FLUSH");
        return primary.call("WAIT", "" + replicas, WAIT_MILLIS) instanceof Long heard && heard >= replicas;
    }
}
