package dev.larder.testkit.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A Redis cluster on 127.0.0.1: three primaries, each with a replica that takes over when it is lost.
 *
 * <pre>{@code
 * try (RedisCluster cluster = RedisCluster.start()) {
 *     RedisServer lost = cluster.primaryOf("user:42");
 *     lost.kill();
 *     RedisServer promoted = cluster.awaitNewPrimary("user:42", lost);
 * }
 * }</pre>
 *
 * <p>It takes about 3 seconds to start, and as long to promote a replica. Redis must be 7.0 or newer. Safe for use by many
 * threads.
 */
public final class RedisCluster implements AutoCloseable {

    private static final int NODES = 6;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static final String[] CONFIGURATION = {"cluster-node-timeout 2000", "cluster-replica-validity-factor 0"};

    private final List<RedisServer> nodes = new ArrayList<>();

    private RedisCluster() {}

    /** Starts a cluster that asks for no password. */
    public static RedisCluster start() {
        return start(RedisServer.builder());
    }

    /**
     * Starts a cluster of nodes that are all alike.
     *
     * @param node what each shall be beside a node of a cluster: its users, its TLS, lines of its configuration
     * @throws IllegalStateException if it does not come about soon
     */
    public static RedisCluster start(RedisServerBuilder node) {
        RedisCluster cluster = new RedisCluster();
        try {
            cluster.form(node.asNode(CONFIGURATION));
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void form(RedisServerBuilder node) {
        for (int i = 0; i < NODES; i++) {
            nodes.add(node.start());
        }
        ClusterFormation formation = new ClusterFormation(nodes);
        formation.shareSlots();
        await("nodes that know each other", () -> {
            formation.introduce();
            return agree();
        });
        formation.follow();
        awaitWhole();
    }

    /**
     * Says for how long a node must be silent before the others promote its replica; 2 seconds unless the builder said otherwise. Where no node is
     * to be lost, a longer time is better: a busy machine may stop a node for seconds. One that is restarted has the first time again.
     */
    public void promoteAfter(Duration silence) {
        nodes.stream()
                .filter(RedisServer::isRunning)
                .forEach(node -> node.call("CONFIG", "SET", "cluster-node-timeout", "" + silence.toMillis()));
    }

    /** Returns all nodes, also those that were killed. */
    public List<RedisServer> nodes() {
        return List.copyOf(nodes);
    }

    /** Returns the addresses of all nodes, from each of which a client can learn of the others. */
    public List<String> seedUris() {
        return nodes.stream().map(RedisServer::uri).toList();
    }

    /** Returns the nodes that serve slots now, in the order of their slots. */
    public List<RedisServer> primaries() {
        return owners().ports().stream().map(this::nodeAt).toList();
    }

    /**
     * Returns the node that serves a key now.
     *
     * @throws IllegalStateException if no node knows
     */
    public RedisServer primaryOf(String key) {
        return primaryOf(slotOf(key));
    }

    /**
     * Returns the node that serves a slot now.
     *
     * @param slot from 0 to 16383
     * @throws IllegalStateException if no node knows
     */
    public RedisServer primaryOf(int slot) {
        return nodeAt(owners().portOf(slot));
    }

    /**
     * Lets one primary have a slot of another, in which there are no keys (any more). It is imported, for only then has the new owner
     * an epoch by which it convinces all other nodes; they hear of it by and by, see {@link #awaitWhole}.
     */
    public static void giveSlot(int slot, RedisServer from, RedisServer to) {
        String id = "" + to.call("CLUSTER", "MYID");
        to.call("CLUSTER", "SETSLOT", "" + slot, "IMPORTING", "" + from.call("CLUSTER", "MYID"));
        from.call("CLUSTER", "SETSLOT", "" + slot, "MIGRATING", id);
        for (RedisServer each : List.of(to, from)) {
            each.call("CLUSTER", "SETSLOT", "" + slot, "NODE", id);
        }
    }

    /** Returns the slot of a key, by the words of Redis. */
    public int slotOf(String key) {
        RedisServer node = nodes.stream()
                .filter(each -> ClusterReport.of(each).isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no node of the cluster answers"));
        return Integer.parseInt("" + node.call("CLUSTER", "KEYSLOT", key));
    }

    /**
     * Returns a node that follows another one and is there.
     *
     * @throws IllegalStateException if there is none
     */
    public RedisServer replicaOf(RedisServer primary) {
        String id = ClusterReport.of(primary)
                .map(ClusterReport::id)
                .orElseThrow(() -> new IllegalStateException(primary + " does not answer"));
        return reports().stream()
                .flatMap(report -> report.members().stream())
                .filter(member -> member.primary().equals(id) && !member.hasFailed())
                .findFirst()
                .map(member -> nodeAt(member.port()))
                .orElseThrow(() -> new IllegalStateException(primary + " has no replica"));
    }

    /**
     * Waits until another node than the old one serves a key, and every node that is there says that all slots are served.
     *
     * @param old the primary that was killed or paused
     * @return the node that took over
     * @throws IllegalStateException if that does not happen soon
     */
    public RedisServer awaitNewPrimary(String key, RedisServer old) {
        return awaitNewPrimary(slotOf(key), old);
    }

    /**
     * Waits until another node than the old one serves a slot, and every other node says that all slots are served. The old one is not asked: it may
     * hang.
     *
     * @param slot from 0 to 16383
     * @param old the primary that was killed or paused
     * @return the node that took over
     * @throws IllegalStateException if that does not happen soon
     */
    public RedisServer awaitNewPrimary(int slot, RedisServer old) {
        await("new primary instead of " + old, () -> isReplaced(old, slot));
        return nodeAt(SlotOwners.of(reportsBut(old)).portOf(slot));
    }

    private boolean isReplaced(RedisServer old, int slot) {
        List<ClusterReport> reports = reportsBut(old);
        int port = SlotOwners.of(reports).portOf(slot);
        return port != 0 && port != old.port() && reports.stream().allMatch(ClusterReport::isOk);
    }

    private List<ClusterReport> reportsBut(RedisServer old) {
        return nodes.stream()
                .filter(node -> node != old)
                .flatMap(node -> ClusterReport.of(node).stream())
                .toList();
    }

    /**
     * Waits until all nodes are there and agree, all slots are served, and the replicas have what their primaries have; for
     * example after a killed node was restarted.
     *
     * @throws IllegalStateException if that does not happen soon
     */
    public void awaitWhole() {
        await(
                "whole cluster",
                () -> agree()
                        && reports().stream().allMatch(ClusterReport::isOk)
                        && nodes.stream().allMatch(Replication::isGoing));
    }

    private boolean agree() {
        Collection<ClusterReport> reports = reports();
        return reports.size() == NODES
                && reports.stream().allMatch(report -> report.members().size() == NODES)
                && reports.stream().map(ClusterReport::roles).distinct().count() == 1;
    }

    private void await(String what, BooleanSupplier condition) {
        if (!Patience.await(LIMIT, condition)) {
            throw new IllegalStateException(
                    "no " + what + " within " + LIMIT.toSeconds() + " s; they say " + reports());
        }
    }

    private List<ClusterReport> reports() {
        return nodes.stream().map(ClusterReport::of).flatMap(Optional::stream).toList();
    }

    private SlotOwners owners() {
        return SlotOwners.of(reports());
    }

    private RedisServer nodeAt(int port) {
        return nodes.stream()
                .filter(node -> node.port() == port)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no node serves the slot"));
    }

    /** Ends all nodes. Returns when their processes are gone. */
    @Override
    public void close() {
        nodes.forEach(RedisServer::close);
    }
}
