package dev.larder.testkit.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * A Redis with two replicas on 127.0.0.1, and three sentinels that put a replica in its place when it is lost.
 *
 * <pre>{@code
 * try (RedisSentinels redis = RedisSentinels.start()) {
 *     RedisServer lost = redis.primary();
 *     lost.kill();
 *     RedisServer promoted = redis.awaitNewPrimary(lost);
 * }
 * }</pre>
 *
 * <p>It takes about 3 seconds to start, and about 5 to promote a replica. Safe for use by many threads.
 */
public final class RedisSentinels implements AutoCloseable {

    /** The name by which clients ask the sentinels for the primary. */
    public static final String NAME = "mym";

    private static final int REPLICAS = 2;
    private static final int SENTINELS = 3;
    private static final int QUORUM = 2;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String[] OPTIONS = {
        "down-after-milliseconds " + NAME + " 2000", "failover-timeout " + NAME + " 10000"
    };

    private final List<RedisServer> servers = new ArrayList<>();
    private final List<RedisServer> sentinels = new ArrayList<>();

    private RedisSentinels() {}

    /** Starts servers that ask for no password. */
    public static RedisSentinels start() {
        return start(RedisServer.builder());
    }

    /**
     * Starts servers that are all alike, and sentinels, which have the same TLS, but no users.
     *
     * @param server what the primary and each replica shall be
     * @throws IllegalStateException if they do not come about soon
     */
    public static RedisSentinels start(RedisServerBuilder server) {
        return start(server, RedisServer.builder());
    }

    /**
     * Starts servers that are all alike, and sentinels that are.
     *
     * @param server what the primary and each replica shall be
     * @param sentinel what each sentinel shall be beside one: its users, lines of its configuration; its TLS, if that is not the one of the servers
     * @throws IllegalStateException if they do not come about soon
     */
    public static RedisSentinels start(RedisServerBuilder server, RedisServerBuilder sentinel) {
        RedisSentinels all = new RedisSentinels();
        try {
            all.startServers(server);
            all.startSentinels(server, sentinel);
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private void startServers(RedisServerBuilder server) {
        RedisServer primary = server.start();
        servers.add(primary);
        for (int i = 0; i < REPLICAS; i++) {
            servers.add(server.asReplicaOf(primary).start());
        }
        await("replicas that follow the primary", this::isReplicated);
    }

    /** The sentinels find each other, and the replicas, through the primary. */
    private void startSentinels(RedisServerBuilder server, RedisServerBuilder sentinel) {
        for (int i = 0; i < SENTINELS; i++) {
            sentinels.add(server.asSentinel(sentinel, NAME, servers.get(0), QUORUM, OPTIONS)
                    .start());
        }
        awaitWhole();
    }

    /**
     * Waits until all sentinels are there and find the primary well, with all its replicas and all other sentinels, and each
     * replica follows it. A server that was restarted becomes a replica after 10 seconds or more.
     *
     * @throws IllegalStateException if that does not happen soon
     */
    public void awaitWhole() {
        await("sentinels that know of all", () -> {
            List<SentinelReport> reports = reports();
            return reports.size() == SENTINELS
                    && reports.stream().allMatch(report -> report.isWhole(REPLICAS, SENTINELS - 1))
                    && isReplicated();
        });
    }

    private boolean isReplicated() {
        return servers.stream().filter(this::isLinkedReplica).count() == REPLICAS
                && servers.stream().allMatch(Replication::isGoing);
    }

    private boolean isLinkedReplica(RedisServer server) {
        return replication(server).contains("master_link_status:up");
    }

    private static List<String> replication(RedisServer server) {
        return server.isRunning()
                ? ("" + server.call("INFO", "replication")).lines().toList()
                : List.of();
    }

    /**
     * Says for how long a server must be silent before the sentinels take it for lost; 2 seconds at first. Where none is to be lost, a longer time
     * is better: a busy machine may stop a server for seconds.
     */
    public void promoteAfter(Duration silence) {
        sentinels.forEach(
                sentinel -> sentinel.call("SENTINEL", "SET", NAME, "down-after-milliseconds", "" + silence.toMillis()));
    }

    /** Returns the primary and the replicas, whichever is which now, also those that were killed. */
    public List<RedisServer> servers() {
        return List.copyOf(servers);
    }

    /** Returns the sentinels. */
    public List<RedisServer> sentinels() {
        return List.copyOf(sentinels);
    }

    /** Returns the addresses of the sentinels. */
    public List<String> sentinelUris() {
        return sentinels.stream().map(RedisServer::uri).toList();
    }

    /**
     * Returns the server that the sentinels name as the primary.
     *
     * @throws IllegalStateException if they do not agree, which they do not while they put another in its place
     */
    public RedisServer primary() {
        Set<Integer> ports = reports().stream().map(SentinelReport::port).collect(Collectors.toSet());
        return servers.stream()
                .filter(server -> ports.equals(Set.of(server.port())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("sentinels name as primary " + ports));
    }

    /**
     * Waits until all sentinels that are there name another primary than the old one, and it takes that part.
     *
     * @param old the primary that was killed or paused
     * @return the server that took over
     * @throws IllegalStateException if that does not happen soon
     */
    public RedisServer awaitNewPrimary(RedisServer old) {
        AtomicReference<RedisServer> promoted = new AtomicReference<>();
        await("new primary instead of " + old, () -> {
            servers.stream()
                    .filter(server -> server != old && isPrimary(server))
                    .findFirst()
                    .ifPresent(promoted::set);
            return promoted.get() != null;
        });
        return Objects.requireNonNull(promoted.get());
    }

    private boolean isPrimary(RedisServer server) {
        List<SentinelReport> reports = reports();
        return !reports.isEmpty()
                && reports.stream().allMatch(report -> report.port() == server.port())
                && replication(server).contains("role:master");
    }

    private List<SentinelReport> reports() {
        return sentinels.stream()
                .flatMap(sentinel -> SentinelReport.of(sentinel, NAME).stream())
                .toList();
    }

    private void await(String what, BooleanSupplier condition) {
        if (!Patience.await(LIMIT, condition)) {
            throw new IllegalStateException(
                    "no " + what + " within " + LIMIT.toSeconds() + " s; they say " + reports());
        }
    }

    /** Ends all servers and sentinels. Returns when their processes are gone. */
    @Override
    public void close() {
        sentinels.forEach(RedisServer::close);
        servers.forEach(RedisServer::close);
    }
}
