package dev.larder.redis.internal.link;

import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.time.Clock;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
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
import io.lettuce.core.protocol.ConnectionIntent;
import io.lettuce.core.protocol.RedisCommand;
import java.time.Duration;
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
 * Connections to all primaries of a cluster, which follow it when primaries change. They are opened before they are needed, since
 * what is to be sent to a node without a connection is refused.
 */
public final class ClusterLink implements Link {

    private final String name;
    private final Duration connectTimeout;
    private final StatefulRedisClusterConnection<byte[], byte[]> connection;
    private final boolean fromReplicas;
    private final NodeLosses losses;
    private final Successions successions = new Successions();
    private final Promotions promotions;
    private final RedisClusterAsyncCommands<byte[], byte[]> commands;
    private final Disposable topologies;
    private volatile boolean closed;

    private ClusterLink(Client<RedisClusterClient> client, boolean fromReplicas) {
        RedisClusterClient lettuce = client.lettuce();
        this.name = client.name();
        this.connectTimeout = client.access().connectTimeout();
        this.fromReplicas = fromReplicas;
        this.losses = new NodeLosses(client.ofSingleServers());
        try {
            this.connection = lettuce.connect(ByteArrayCodec.INSTANCE);
        } catch (RedisException e) {
            throw Unreachable.of(name, e);
        }
        if (fromReplicas) {
            connection.setReadFrom(ReadFrom.REPLICA_PREFERRED);
        }
        this.promotions = new Promotions(connection::getPartitions, successions);
        this.commands = fromReplicas ? connection.async() : new RoutedCommands(connection, this::route);
        client.newServers().listen((changed, address) -> promotions.startedAnew(address));
        this.topologies = client.resources()
                .eventBus()
                .get()
                .filter(ClusterTopologyChangedEvent.class::isInstance)
                .subscribe(event -> openAll());
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

    /** Those that cannot be opened are tried again when they are needed. */
    private void openAll() {
        if (closed) {
            return;
        }
        for (RedisClusterNode node : connection.getPartitions()) {
            RedisURI uri = node.getUri();
            if (isUpstream(node)) {
                var unused = connectionTo(node).thenAccept(open -> losses.watch(uri, open));
            } else if (fromReplicas) {
                var unused = connection.getConnectionAsync(uri.getHost(), uri.getPort(), ConnectionIntent.READ);
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
            if (isUpstream(node)) {
                CompletableFuture<StatefulRedisConnection<byte[], byte[]>> opening = connectionTo(node);
                if (opening.isDone() && !opening.isCompletedExceptionally()) {
                    open.add(opening.join());
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
    public RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return commands;
    }

    private void route(RedisCommand<byte[], byte[], ?> command) {
        RedisClusterNode node = ownerOf(command);
        if (node == null) {
            var unused = connection.dispatch(command); // lettuce asks who has the slot now
        } else {
            dispatch(node, List.of(redirected(command)));
        }
    }

    private @Nullable RedisClusterNode ownerOf(RedisCommand<byte[], byte[], ?> command) {
        return connection
                .getPartitions()
                .getMasterBySlot(SlotHash.getSlot(command.getArgs().getFirstEncodedKey()));
    }

    private RedisCommand<byte[], byte[], ?> redirected(RedisCommand<byte[], byte[], ?> command) {
        return new Redirected<>(command, connection::dispatch, promotions::redirected);
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
            RedisClusterNode node = ownerOf(command);
            if (node == null) {
                command.completeExceptionally(notConnected());
            } else {
                byNode.computeIfAbsent(node, unused -> new ArrayList<>()).add(redirected(command));
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
        promotions.sending(node);
        RedisURI uri = node.getUri();
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> open =
                connection.getConnectionAsync(uri.getHost(), uri.getPort());
        if (open.isDone() && !open.isCompletedExceptionally()) {
            losses.watch(uri, open.join());
        }
        return open;
    }

    /** Returns the connection to the primary that has a slot by what is known of the cluster, or null if there is none now. */
    @Nullable
    StatefulRedisConnection<byte[], byte[]> openPrimaryOf(int slot) {
        RedisClusterNode node = connection.getPartitions().getMasterBySlot(slot);
        if (node == null) {
            return null;
        }
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> open = connectionTo(node);
        return open.isDone() && !open.isCompletedExceptionally() ? open.join() : null;
    }

    StatefulRedisClusterConnection<byte[], byte[]> connection() {
        return connection;
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

    @Override
    public CompletionStage<?> fence() {
        return losses.passed();
    }

    @Override
    public Successions successions() {
        return successions;
    }

    @Override
    public void close() {
        closed = true;
        topologies.dispose();
        losses.close();
        connection.close();
    }
}
