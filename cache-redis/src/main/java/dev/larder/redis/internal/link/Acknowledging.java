package dev.larder.redis.internal.link;

import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A link whose writes are acknowledged by replicas. They have connections of their own, since a server reads nothing more from one by which it was
 * asked to wait; all the rest goes the way it would go without.
 */
public final class Acknowledging implements Link {

    private final Link link;
    private final Link made;
    private final StatefulConnection<byte[], byte[]> connection;
    private final WriteRoutes routes;
    private final Successions successions = new Successions();

    private Acknowledging(Link link, Link made, StatefulConnection<byte[], byte[]> connection, WriteRoutes routes) {
        this.link = link;
        this.made = made;
        this.connection = connection;
        this.routes = routes;
        link.successions().follow(successions::tell);
        made.successions().follow(successions::tell);
    }

    /**
     * Adds acknowledged writes to a link to one server. What is returned closes both; if this fails, they stay open.
     *
     * @param made another link to the same, which nobody else uses
     * @param replicas how many must have a write
     * @throws StoreException if the server knows no WAIT, or does not let the user ask for it
     */
    public static Acknowledging server(Link link, StandaloneLink made, Client<RedisClient> client, int replicas) {
        int capacity = client.access().queue();
        ReplicatedWrites writes = new ReplicatedWrites(made.connection(), replicas, capacity);
        return new Acknowledging(link, made, made.connection(), new ServerWrites(writes)).tried(client);
    }

    /** Adds acknowledged writes to a link to a cluster; see {@link #server}. */
    public static Acknowledging cluster(Link link, ClusterLink made, Client<RedisClusterClient> client, int replicas) {
        int capacity = client.access().queue();
        NodeWrites nodes = new NodeWrites(connection -> new ReplicatedWrites(connection, replicas, capacity), capacity);
        WriteRoutes routes = new ClusterWrites(made, (ClusterClient) client.lettuce(), nodes);
        return new Acknowledging(link, made, made.connection(), routes).tried(client);
    }

    /** Asks for what every server can say at once. */
    private Acknowledging tried(Client<?> client) {
        try {
            var unused = made.primaries()
                    .get(0)
                    .waitForReplication(0, 1)
                    .get(client.access().connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return this;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(client.access(), e);
        } catch (Exception e) {
            throw refused(client.access(), e);
        }
    }

    private StoreException refused(Access access, Exception failure) {
        if (failure.getCause() instanceof RedisCommandExecutionException told) {
            String message = name() + " refused WAIT, which \"ack\" needs: " + told.getMessage()
                    + "; let the user have it (ACL +wait), or leave \"ack\" out";
            return new StoreException(message, Applied.NO, failure);
        }
        return Unreachable.of(name(), access, failure);
    }

    @Override
    public boolean acknowledgesWrites() {
        return true;
    }

    @Override
    public Link writers(long endNanos) {
        return new Writers(HeldWrite.untilNanos(endNanos));
    }

    @Override
    public String name() {
        return link.name();
    }

    @Override
    public String whyDisconnected() {
        return link.whyDisconnected();
    }

    @Override
    public RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return link.commands();
    }

    @Override
    public void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
        link.dispatch(commands);
    }

    @Override
    public int mostTogether() {
        return link.mostTogether();
    }

    @Override
    public boolean isCluster() {
        return link.isCluster();
    }

    @Override
    public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries() {
        return link.primaries();
    }

    @Override
    public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries(long endNanos) {
        return link.primaries(endNanos);
    }

    @Override
    public Link readers() {
        return link.readers();
    }

    /** Those that either way notices. */
    @Override
    public Successions successions() {
        return successions;
    }

    @Override
    public int[] lowestSlots() {
        return link.lowestSlots();
    }

    @Override
    public CompletionStage<?> fence() {
        return CompletableFuture.allOf(
                link.fence().toCompletableFuture(), made.fence().toCompletableFuture());
    }

    @Override
    public void close() {
        made.close();
        link.close();
    }

    /** The way of the writes of one operation. */
    private final class Writers implements Link {

        private final long untilNanos;

        Writers(long untilNanos) {
            this.untilNanos = untilNanos;
        }

        @Override
        public String name() {
            return link.name();
        }

        @Override
        public RedisClusterAsyncCommands<byte[], byte[]> commands() {
            return new AcknowledgedCommands(this, connection);
        }

        @Override
        public void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
            List<HeldWrite<?>> held = new ArrayList<>(commands.size());
            commands.forEach(command -> held.add(new HeldWrite<>(command, routes, untilNanos)));
            routes.send(held);
        }

        @Override
        public int mostTogether() {
            return link.mostTogether();
        }

        @Override
        public boolean isCluster() {
            return link.isCluster();
        }

        @Override
        public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries() {
            throw new UnsupportedOperationException("what writes to all servers is not acknowledged");
        }

        @Override
        public CompletionStage<?> fence() {
            return Acknowledging.this.fence();
        }

        @Override
        public void close() {}
    }
}
