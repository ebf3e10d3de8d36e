package dev.larder.redis.internal.link;

import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.masterreplica.MasterReplica;
import io.lettuce.core.masterreplica.StatefulRedisMasterReplicaConnection;
import io.lettuce.core.protocol.RedisCommand;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A connection to one server: a lone one, the primary that sentinels name, or the endpoint of a service. */
public final class StandaloneLink implements Link {

    private final String name;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final Access access;
    private final FailedReconnects failedReconnects;
    private final LostConnections lost;
    private final Successions successions = new Successions();
    private final Runnable endOfNews;
    private @Nullable Pulse pulse;

    private StandaloneLink(
            Client<RedisClient> client,
            RedisURI address,
            Function<RedisClient, StatefulRedisConnection<byte[], byte[]>> connect) {
        this.name = Names.of(address);
        this.access = client.access();
        this.failedReconnects = client.failedReconnects();
        try {
            this.connection = connect.apply(client.lettuce());
        } catch (RedisException e) {
            throw Unreachable.of(Names.withSentinels(address), access, e);
        }
        this.lost = new LostConnections(client.lettuce(), address, connection);
        this.endOfNews = client.newServers().listen((changed, to) -> {
            if (changed == connection) {
                successions.tell(key -> true);
            }
        });
    }

    /**
     * Connects to a server that takes writes, or to the endpoint that stands for it.
     *
     * @throws StoreException if that fails
     */
    public static StandaloneLink toPrimary(Client<RedisClient> client, URI uri) {
        return plain(client, client.access().address(uri), true);
    }

    /** Connects to whoever is the primary, by what sentinels know. */
    public static StandaloneLink toPrimary(Client<RedisClient> client, String master, List<URI> sentinels) {
        return plain(client, client.access().address(master, sentinels), true);
    }

    /** Connects to a replica, or to the endpoint that stands for some. */
    public static StandaloneLink toReplica(Client<RedisClient> client, URI uri) {
        return plain(client, client.access().address(uri), false);
    }

    /** Connects to the replicas that sentinels know, and to the primary for when there are none. */
    public static StandaloneLink toReplicas(Client<RedisClient> client, String master, List<URI> sentinels) {
        RedisURI address = client.access().address(master, sentinels);
        return new StandaloneLink(client, address, lettuce -> {
            StatefulRedisMasterReplicaConnection<byte[], byte[]> connection =
                    MasterReplica.connect(lettuce, ByteArrayCodec.INSTANCE, address);
            connection.setReadFrom(ReadFrom.REPLICA_PREFERRED);
            return connection;
        });
    }

    private static StandaloneLink plain(Client<RedisClient> client, RedisURI address, boolean toPrimary) {
        StandaloneLink link =
                new StandaloneLink(client, address, lettuce -> lettuce.connect(ByteArrayCodec.INSTANCE, address));
        try {
            link.requireStandalone();
            link.pulse = Pulse.start(link.name, link.connection, toPrimary, client.resources());
            return link;
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }

    private void requireStandalone() {
        Greeting greeting = greeting();
        if (greeting.mode().equals("cluster")) {
            throw refusal("it is a node of a cluster; write \"topology\": \"cluster\"");
        } else if (greeting.mode().equals("sentinel")) {
            throw refusal("it is a sentinel; write it into \"nodes\" of \"sentinel\", beside \"master\"");
        }
    }

    private Greeting greeting() {
        try {
            return Greeting.of(connection).get(access.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Unreachable.of(name, access, e);
        } catch (Exception e) {
            throw Unreachable.of(name, access, e);
        }
    }

    private StoreException refusal(String reason) {
        return new StoreException(name + " cannot be used: " + reason, Applied.NO, null);
    }

    @Override
    public String name() {
        return name;
    }

    StatefulRedisConnection<byte[], byte[]> connection() {
        return connection;
    }

    /** Whether there is a connection now. */
    boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public String whyDisconnected() {
        return failedReconnects.reason();
    }

    @Override
    public RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return connection.async();
    }

    @Override
    public void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
        var unused = connection.dispatch(commands);
    }

    @Override
    public int mostTogether() {
        return access.mostTogether();
    }

    @Override
    public boolean isCluster() {
        return false;
    }

    @Override
    public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries() {
        return List.of(commands());
    }

    @Override
    public CompletionStage<?> fence() {
        return lost.passed();
    }

    @Override
    public Successions successions() {
        return successions;
    }

    @Override
    public void close() {
        if (pulse != null) {
            pulse.close();
        }
        lost.close();
        endOfNews.run();
        connection.close();
    }
}
