package dev.larder.redis;

import dev.larder.redis.config.Ack;
import dev.larder.redis.config.AuthSettings;
import dev.larder.redis.config.ReadFrom;
import dev.larder.redis.config.SentinelSettings;
import dev.larder.redis.config.TlsSettings;
import dev.larder.redis.config.Topology;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a store of Redis or Valkey is, and how to reach it. All may be left out.
 *
 * <p>Addresses are {@code redis://host:port/database}, or {@code rediss://} for TLS. They hold no password: that is in {@code auth},
 * and is not shown.
 *
 * @param uri a server, the endpoint of a primary, or the configuration endpoint of a cluster; {@code redis://127.0.0.1:6379} if null
 * @param topology how the servers belong together; standalone if null
 * @param nodes some nodes of a cluster, in place of {@code uri}
 * @param sentinel the sentinels that tell where the primary is, in place of {@code uri}
 * @param readers replicas of the server at {@code uri}, or the endpoint that stands for them
 * @param readFrom which servers answer plain reads; the primaries if null
 * @param staleReads whether reads may miss what was written a moment ago; must be said to read from replicas
 * @param ack when a write is acknowledged; when the primary has made it if null
 * @param auth who the store is to the servers; null if they ask for nothing
 * @param tls whom the store trusts, and what it shows of itself; null for what the JDK trusts
 * @param prefix what all keys of the store begin with, {@code larder:} if null; applications that share a server need one each
 * @param clientName what the servers list its connections as; {@code larder} if null
 * @param connectTimeout how long it may take to connect, TLS and greetings included; 5 seconds if null
 * @param queue how many commands may wait for their answers on a connection; 10,000 if null
 */
public record RedisSettings(
        @Nullable URI uri,
        @Nullable Topology topology,
        @Nullable List<URI> nodes,
        @Nullable SentinelSettings sentinel,
        @Nullable List<URI> readers,
        @Nullable ReadFrom readFrom,
        @Nullable Boolean staleReads,
        @Nullable Ack ack,
        @Nullable AuthSettings auth,
        @Nullable TlsSettings tls,
        @Nullable String prefix,
        @Nullable String clientName,
        @Nullable Duration connectTimeout,
        @Nullable Integer queue) {

    private static final URI LOCAL = URI.create("redis://127.0.0.1:6379");
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int QUEUE = 10_000;

    /** Fills in what is left out, and checks the rest. */
    public RedisSettings {
        uri = uri == null && nodes == null && sentinel == null ? LOCAL : uri;
        topology = topology == null ? Topology.STANDALONE : topology;
        nodes = nodes == null ? List.of() : List.copyOf(nodes);
        readers = readers == null ? List.of() : List.copyOf(readers);
        readFrom = readFrom == null ? ReadFrom.PRIMARY : readFrom;
        staleReads = Boolean.TRUE.equals(staleReads);
        ack = ack == null ? Ack.PRIMARY : ack;
        prefix = prefix == null ? "larder:" : prefix;
        clientName = clientName == null ? "larder" : clientName;
        connectTimeout = connectTimeout == null ? CONNECT_TIMEOUT : connectTimeout;
        queue = queue == null ? QUEUE : queue;
        Combinations.checkPlaces(uri, topology, nodes, sentinel, readers);
        Combinations.checkReads(topology, sentinel, readers, readFrom, staleReads);
        Combinations.checkSecurity(servers(uri, nodes, sentinel), auth, tls);
        Combinations.checkPrefix(prefix, topology);
        requireUsable(clientName, connectTimeout, queue);
    }

    private static void requireUsable(String clientName, Duration connectTimeout, int queue) {
        if (!clientName.matches("[!-~]+")) {
            throw new IllegalArgumentException(
                    "\"clientName\" must be of printable letters without spaces: \"" + clientName + "\"");
        }
        if (connectTimeout.toMillis() <= 0) {
            throw new IllegalArgumentException(
                    "\"connectTimeout\" must be at least 1ms: " + connectTimeout.toMillis() + "ms");
        }
        if (queue <= 0) {
            throw new IllegalArgumentException("\"queue\" must be positive: " + queue);
        }
    }

    /** Returns the addresses that are connected to first. */
    List<URI> servers() {
        return servers(uri, nodes(), sentinel);
    }

    private static List<URI> servers(@Nullable URI uri, List<URI> nodes, @Nullable SentinelSettings sentinel) {
        if (sentinel != null) {
            return sentinel.nodes();
        }
        List<URI> servers = new ArrayList<>();
        if (uri != null) {
            servers.add(uri);
        }
        servers.addAll(nodes);
        return servers;
    }

    /** Returns the settings of a store at that URI, and nothing else out of the ordinary. */
    public static RedisSettings of(URI uri) {
        Objects.requireNonNull(uri, "uri");
        return drawnUp(new Draft(), draft -> draft.uri = uri);
    }

    /** Returns the settings of a store on the cluster of these nodes; one is enough, for example the configuration endpoint. */
    public static RedisSettings ofCluster(List<URI> nodes) {
        return drawnUp(new Draft(), draft -> {
            draft.topology = Topology.CLUSTER;
            draft.nodes = nodes;
        });
    }

    /** Returns the settings of a store on the primary that these sentinels tell of. */
    public static RedisSettings ofSentinels(SentinelSettings sentinel) {
        Objects.requireNonNull(sentinel, "sentinel");
        return drawnUp(new Draft(), draft -> draft.sentinel = sentinel);
    }

    private static RedisSettings drawnUp(Draft draft, Consumer<Draft> change) {
        change.accept(draft);
        return draft.settings();
    }

    private RedisSettings with(Consumer<Draft> change) {
        return drawnUp(Draft.of(this), change);
    }

    /** Returns these settings with another prefix of keys. */
    public RedisSettings withPrefix(String newPrefix) {
        Objects.requireNonNull(newPrefix, "newPrefix");
        return with(draft -> draft.prefix = newPrefix);
    }

    /** Returns these settings with who the store is to the servers. */
    public RedisSettings withAuth(@Nullable AuthSettings newAuth) {
        return with(draft -> draft.auth = newAuth);
    }

    /** Returns these settings with whom the store trusts, and what it shows of itself. */
    public RedisSettings withTls(@Nullable TlsSettings newTls) {
        return with(draft -> draft.tls = newTls);
    }

    /**
     * Returns these settings with another moment at which a write is acknowledged: with {@link Ack#replicas} it survives a failover to a
     * replica that has it.
     */
    public RedisSettings withAck(Ack newAck) {
        Objects.requireNonNull(newAck, "newAck");
        return with(draft -> draft.ack = newAck);
    }

    /**
     * Returns these settings with plain reads answered by replicas, which may miss what was written a moment ago.
     *
     * @param newReaders replicas of the server, or the endpoint that stands for them; empty where the servers tell of them, which those
     *     of clusters and sentinels do
     */
    public RedisSettings withStaleReads(List<URI> newReaders) {
        return with(draft -> {
            draft.readers = newReaders;
            draft.readFrom = ReadFrom.REPLICA;
            draft.staleReads = true;
        });
    }

    @Override
    public Topology topology() {
        return Objects.requireNonNull(topology);
    }

    @Override
    public List<URI> nodes() {
        return Objects.requireNonNull(nodes);
    }

    @Override
    public List<URI> readers() {
        return Objects.requireNonNull(readers);
    }

    @Override
    public ReadFrom readFrom() {
        return Objects.requireNonNull(readFrom);
    }

    @Override
    public Boolean staleReads() {
        return Objects.requireNonNull(staleReads);
    }

    @Override
    public Ack ack() {
        return Objects.requireNonNull(ack);
    }

    @Override
    public String prefix() {
        return Objects.requireNonNull(prefix);
    }

    @Override
    public String clientName() {
        return Objects.requireNonNull(clientName);
    }

    @Override
    public Duration connectTimeout() {
        return Objects.requireNonNull(connectTimeout);
    }

    @Override
    public Integer queue() {
        return Objects.requireNonNull(queue);
    }
}
