package dev.larder.redis.internal.link;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.RedisCommand;
import java.net.URI;
import java.util.Collection;
import java.util.List;

/** Lettuce's own client of a cluster in place of ours, without what it needs to follow the cluster. */
public final class CrippledClient implements Link {

    private final RedisClusterClient client;
    private final StatefulRedisClusterConnection<byte[], byte[]> connection;

    private CrippledClient(Client<RedisClusterClient> like, ClusterClientOptions options) {
        List<RedisURI> nodes = like.lettuce().getPartitions().stream()
                .map(RedisClusterNode::getUri)
                .map(uri -> like.access()
                        .address(URI.create(scheme(like.access()) + "://" + uri.getHost() + ":" + uri.getPort())))
                .toList();
        client = RedisClusterClient.create(like.resources(), nodes);
        client.setOptions(options);
        connection = client.connect(ByteArrayCodec.INSTANCE);
        nodes.forEach(node ->
                connection.getConnection(node.getHost(), node.getPort())); // or the first commands would be refused
    }

    /** The clusters of tests that ask who somebody is speak TLS, and the others do not. */
    private static String scheme(Access access) {
        return access.credentials() == null ? "redis" : "rediss";
    }

    /** Connects by a client that never again asks who serves what. */
    public static Link withoutRefresh(Client<RedisClusterClient> like) {
        return new CrippledClient(
                like, options(like).topologyRefreshOptions(never()).build());
    }

    private static ClusterTopologyRefreshOptions never() {
        return ClusterTopologyRefreshOptions.builder()
                .disableAllAdaptiveRefreshTriggers()
                .enablePeriodicRefresh(false)
                .build();
    }

    /** Connects by a client that asks who serves what when something hints at a change, but neither from time to time nor when a node hangs. */
    public static Link withHintsAlone(Client<RedisClusterClient> like) {
        return new CrippledClient(
                like,
                options(like)
                        .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                                .adaptiveRefreshTriggersTimeout(Options.REFRESH_PAUSE)
                                .refreshTriggersReconnectAttempts(1)
                                .enablePeriodicRefresh(false)
                                .build())
                        .build());
    }

    /** Connects by a client that takes the answer of a node that a key is elsewhere for a failure, and does not hear of it otherwise. */
    public static Link withoutRedirects(Client<RedisClusterClient> like) {
        return new CrippledClient(
                like,
                options(like).maxRedirects(0).topologyRefreshOptions(never()).build());
    }

    private static ClusterClientOptions.Builder options(Client<RedisClusterClient> like) {
        return ((ClusterClientOptions) like.lettuce().getOptions()).mutate();
    }

    @Override
    public String name() {
        return "a crippled client";
    }

    @Override
    public RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return connection.async();
    }

    @Override
    public void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
        commands.forEach(connection::dispatch);
    }

    @Override
    public boolean isCluster() {
        return true;
    }

    @Override
    public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries() {
        return List.of(commands());
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
