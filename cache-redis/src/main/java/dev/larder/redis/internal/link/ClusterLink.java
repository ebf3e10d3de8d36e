package dev.larder.redis.internal.link;

import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.time.Clock;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.event.ClusterTopologyChangedEvent;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * Connections to all primaries of a cluster, which follow it when primaries change. They are opened before they are needed, so that few have
 * to wait for one; and each has a pulse.
 */
public final class ClusterLink implements Link {

    private final String name;
    private final FailedReconnects failedReconnects;
    private final Access access;
    private final StatefulRedisClusterConnection<byte[], byte[]> connection;
    private final boolean fromReplicas;
    private final NodeConnections nodes;
    private final ClusterRoute route;
    private final Successions successions = new Successions();
    private final Runnable endOfNews;
    private final RedisClusterAsyncCommands<byte[], byte[]> commands;
    private final Disposable topologies;
    private volatile boolean closed;

    private ClusterLink(Client<RedisClusterClient> client, boolean fromReplicas) {
        ClusterClient cluster = (ClusterClient) client.lettuce();
        this.name = client.name();
        this.failedReconnects = client.failedReconnects();
        this.access = client.access();
        this.fromReplicas = fromReplicas;
        try {
            this.connection = cluster.connect(ByteArrayCodec.INSTANCE);
        } catch (RedisException e) {
            throw Unreachable.of(name, client.access(), e);
        }
        if (fromReplicas) {
            connection.setReadFrom(ReadFrom.REPLICA_PREFERRED);
        }
        Promotions promotions = new Promotions(connection::getPartitions, successions);
        this.endOfNews = client.newServers().listen((changed, address) -> promotions.startedAnew(address));
        this.nodes = new NodeConnections(
                cluster,
                connection,
                promotions,
                new NodeLosses(client.ofSingleServers(), cluster),
                new NodePulses(cluster, client.resources()));
        this.route =
                new ClusterRoute(cluster, connection, nodes, client.access().queue());
        this.commands = fromReplicas ? connection.async() : new RoutedCommands(connection, route);
        this.topologies = client.resources()
                .eventBus()
                .get()
                .filter(ClusterTopologyChangedEvent.class::isInstance)
                .subscribe(event -> followCluster());
    }

    /**
     * Connects to the primaries.
     *
     * @throws StoreException if that fails
     */
    public static ClusterLink toPrimaries(Client<RedisClusterClient> client) {
        return connected(new ClusterLink(client, false));
    }

    /** Connects so that reads go to replicas, where there are some. */
    public static ClusterLink toReplicas(Client<RedisClusterClient> client) {
        return connected(new ClusterLink(client, true));
    }

    private static ClusterLink connected(ClusterLink link) {
        try {
            link.openAll();
            var unused = link.primaries();
            return link;
        } catch (StoreException e) {
            link.close();
            throw e;
        }
    }

    private void followCluster() {
        if (!closed) {
            nodes.followCluster();
            openAll();
        }
    }

    /** Those that cannot be opened are tried again when they are needed. */
    private void openAll() {
        for (RedisClusterNode node : connection.getPartitions()) {
            if (ClusterClient.isPrimary(node)) {
                var unused = nodes.to(node);
            } else if (fromReplicas) {
                var unused = nodes.toReplica(node);
            }
        }
    }

    /** Names who is told of what servers say without being asked. */
    void onPush(Consumer<PushMessage> listener) {
        connection.addListener((node, message) -> listener.accept(message));
    }

    /** Returns the connections to primaries that are there, and begins to open the others. */
    Set<StatefulRedisConnection<byte[], byte[]>> openPrimaries() {
        Set<StatefulRedisConnection<byte[], byte[]>> open = new HashSet<>();
        if (closed) {
            return open;
        }
        for (RedisClusterNode node : connection.getPartitions()) {
            if (ClusterClient.isPrimary(node)) {
                StatefulRedisConnection<byte[], byte[]> there = ifOpen(node);
                if (there != null) {
                    open.add(there);
                }
            }
        }
        return open;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String whyDisconnected() {
        return failedReconnects.reason();
    }

    @Override
    public RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return commands;
    }

    /** Sends to each node what its slots are concerned with. Nothing is thrown: each command completes, in some way. */
    @Override
    public void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> together) {
        if (fromReplicas) {
            together.forEach(connection::dispatch);
        } else {
            route.send(together);
        }
    }

    @Override
    public int mostTogether() {
        return access.mostTogether();
    }

    @Override
    public boolean isCluster() {
        return true;
    }

    @Override
    public int[] lowestSlots() {
        Partitions partitions = connection.getPartitions();
        Map<String, Integer> lowest = new HashMap<>();
        int[] slots = new int[SlotHash.SLOT_COUNT];
        for (int slot = 0; slot < slots.length; slot++) {
            RedisClusterNode node = partitions.getMasterBySlot(slot);
            Integer first = node == null ? null : lowest.putIfAbsent(node.getNodeId(), slot);
            slots[slot] = first == null ? slot : first;
        }
        return slots;
    }

    @Override
    public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries() {
        return primaries(Clock.system().nanos() + access.connectTimeout().toNanos());
    }

    @Override
    public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries(long endNanos) {
        List<RedisClusterAsyncCommands<byte[], byte[]>> primaries = new ArrayList<>();
        for (RedisClusterNode node : connection.getPartitions()) {
            if (ClusterClient.isPrimary(node)) {
                primaries.add(await(node, endNanos).async());
            }
        }
        return primaries;
    }

    /** Returns the primary that has a slot by what is known of the cluster, or null if there is none now. */
    @Nullable
    RedisClusterNode primaryOf(int slot) {
        return connection.getPartitions().getMasterBySlot(slot);
    }

    /** Returns the connection to a primary, or null if there is none now; then it is begun to be opened. */
    @Nullable
    StatefulRedisConnection<byte[], byte[]> ifOpen(RedisClusterNode primary) {
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> open = nodes.to(primary);
        return open.isDone() && !open.isCompletedExceptionally() ? open.join() : null;
    }

    NodeConnections nodes() {
        return nodes;
    }

    StatefulRedisClusterConnection<byte[], byte[]> connection() {
        return connection;
    }

    private StatefulRedisConnection<byte[], byte[]> await(RedisClusterNode node, long deadline) {
        try {
            return nodes.to(node).get(deadline - Clock.system().nanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw Unreachable.of(Names.of(node.getUri()), access, e);
        } catch (TimeoutException e) {
            throw Unreachable.of(Names.of(node.getUri()), access, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while connecting to " + name, Applied.NO, e);
        }
    }

    @Override
    public CompletionStage<?> fence() {
        return nodes.lossesPassed();
    }

    @Override
    public Successions successions() {
        return successions;
    }

    @Override
    public void close() {
        closed = true;
        topologies.dispose();
        nodes.close();
        endOfNews.run();
        connection.close();
    }
}
