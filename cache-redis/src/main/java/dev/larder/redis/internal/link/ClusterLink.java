package dev.larder.redis.internal.link;

import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.time.Clock;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.event.ClusterTopologyChangedEvent;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ConnectionIntent;
import io.lettuce.core.protocol.RedisCommand;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Connections to all primaries of a cluster, which follow it when primaries change. They are opened before they are needed, since
 * what is to be sent to a node without a connection is refused.
 */
public final class ClusterLink implements Link {

    private final String name;
    private final Access access;
    private final Duration connectTimeout;
    private final Client<RedisClusterClient> client;
    private final StatefulRedisClusterConnection<byte[], byte[]> connection;
    private final boolean fromReplicas;

    /** A client that asks single nodes, and what is known of each connection that writes went over. */
    private final Client<RedisClient> asking;

    private final Map<StatefulRedisConnection<byte[], byte[]>, LostConnections> lost = new ConcurrentHashMap<>();

    private ClusterLink(Access access, List<URI> nodes, boolean fromReplicas) {
        this.fromReplicas = fromReplicas;
        List<RedisURI> seeds = nodes.stream().map(access::address).toList();
        this.name = Names.of(seeds.get(0));
        this.connectTimeout = access.connectTimeout();
        this.access = access;
        this.asking = Client.of(access);
        this.client = Client.ofCluster(access, seeds);
        try {
            this.connection = client.lettuce().connect(ByteArrayCodec.INSTANCE);
            if (fromReplicas) {
                connection.setReadFrom(ReadFrom.REPLICA_PREFERRED);
            }
            var unused = primaries();
            followTopology();
        } catch (RedisException e) {
            closeClients();
            throw Unreachable.of(name, e);
        } catch (StoreException e) {
            closeClients();
            throw e;
        }
    }

    /**
     * Connects to the primaries.
     *
     * @param nodes some nodes, or the configuration endpoint; they tell of the others
     * @throws StoreException if that fails
     */
    public static ClusterLink toPrimaries(Access access, List<URI> nodes) {
        return new ClusterLink(access, nodes, false);
    }

    /** Connects so that reads go to replicas, where there are some. */
    public static ClusterLink toReplicas(Access access, List<URI> nodes) {
        return new ClusterLink(access, nodes, true);
    }

    private void followTopology() {
        openAll();
        var unused = client.resources().eventBus().get().subscribe(event -> {
            if (event instanceof ClusterTopologyChangedEvent) {
                openAll();
            }
        });
    }

    /** Those that cannot be opened are tried again when they are needed. */
    private void openAll() {
        for (RedisClusterNode node : connection.getPartitions()) {
            if (isUpstream(node) || fromReplicas) {
                ConnectionIntent intent = isUpstream(node) ? ConnectionIntent.WRITE : ConnectionIntent.READ;
                var unused = connection
                        .getConnectionAsync(
                                node.getUri().getHost(), node.getUri().getPort(), intent)
                        .thenAccept(open -> watchOver(node, open));
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return connection.async();
    }

    /** Sends to each node what its slots are concerned with. Nothing is thrown: each command completes, in some way. */
    @Override
    public void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
        if (fromReplicas) {
            commands.forEach(connection::dispatch);
            return;
        }
        Map<RedisClusterNode, List<RedisCommand<byte[], byte[], ?>>> byNode = new HashMap<>();
        for (RedisCommand<byte[], byte[], ?> command : commands) {
            RedisClusterNode node = connection
                    .getPartitions()
                    .getMasterBySlot(SlotHash.getSlot(command.getArgs().getFirstEncodedKey()));
            if (node == null) {
                command.completeExceptionally(notConnected());
            } else {
                byNode.computeIfAbsent(node, unused -> new ArrayList<>())
                        .add(new Redirected<>(command, connection::dispatch));
            }
        }
        byNode.forEach(this::dispatch);
    }

    private void dispatch(RedisClusterNode node, List<RedisCommand<byte[], byte[], ?>> commands) {
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> open = connectionTo(node);
        if (!open.isDone() || open.isCompletedExceptionally()) {
            commands.forEach(command -> command.completeExceptionally(notConnected()));
            return;
        }
        try {
            var unused = open.join().dispatch(commands);
        } catch (RedisException e) {
            commands.forEach(command -> command.completeExceptionally(e));
        }
    }

    private static RedisException notConnected() {
        return new RedisException("Currently not connected. Commands are rejected.");
    }

    @Override
    public boolean isCluster() {
        return true;
    }

    @Override
    public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries() {
        List<RedisClusterAsyncCommands<byte[], byte[]>> primaries = new ArrayList<>();
        long deadline = Clock.system().nanos() + connectTimeout.toNanos();
        for (RedisClusterNode node : connection.getPartitions()) {
            if (isUpstream(node)) {
                primaries.add(await(node, deadline).async());
            }
        }
        return primaries;
    }

    private static boolean isUpstream(RedisClusterNode node) {
        return node.getRole().isUpstream() && !node.hasNoSlots();
    }

    /** Returns the connection by which keys are reached, too: lettuce knows others by the node's id. */
    private CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connectionTo(RedisClusterNode node) {
        RedisURI uri = node.getUri();
        return connection.getConnectionAsync(uri.getHost(), uri.getPort());
    }

    private StatefulRedisConnection<byte[], byte[]> await(RedisClusterNode node, long deadline) {
        try {
            return connectionTo(node).get(deadline - Clock.system().nanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw Unreachable.of(Names.of(node.getUri()), e);
        } catch (TimeoutException e) {
            throw new StoreException(Names.of(node.getUri()) + " did not connect in time", Applied.NO, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while connecting to " + name, Applied.NO, e);
        }
    }

    private void watchOver(RedisClusterNode node, StatefulRedisConnection<byte[], byte[]> open) {
        if (!fromReplicas) {
            lost.computeIfAbsent(
                    open, unused -> new LostConnections(asking.lettuce(), address(node), open, () -> isRetired(node)));
        }
    }

    private RedisURI address(RedisClusterNode node) {
        return access.addressOf(node.getUri());
    }

    /** What a node that was replaced still reads is dropped when it becomes a replica. */
    private boolean isRetired(RedisClusterNode node) {
        RedisURI uri = node.getUri();
        return connection.getPartitions().stream()
                .filter(ClusterLink::isUpstream)
                .map(RedisClusterNode::getUri)
                .noneMatch(each -> each.getHost().equals(uri.getHost()) && each.getPort() == uri.getPort());
    }

    @Override
    public CompletionStage<?> fence() {
        return CompletableFuture.allOf(lost.values().stream()
                .map(each -> each.passed().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Returns the connection to all nodes. */
    StatefulRedisClusterConnection<byte[], byte[]> connection() {
        return connection;
    }

    /** Returns the connections to primaries that are open now. */
    List<StatefulRedisConnection<byte[], byte[]>> open() {
        List<StatefulRedisConnection<byte[], byte[]>> open = new ArrayList<>();
        for (RedisClusterNode node : connection.getPartitions()) {
            if (isUpstream(node)) {
                CompletableFuture<StatefulRedisConnection<byte[], byte[]>> opening = connectionTo(node);
                if (opening.isDone() && !opening.isCompletedExceptionally()) {
                    open.add(opening.join());
                }
            }
        }
        return open;
    }

    private void closeClients() {
        client.close();
        asking.close();
    }

    @Override
    public void close() {
        lost.values().forEach(LostConnections::close);
        connection.close();
        closeClients();
    }
}
