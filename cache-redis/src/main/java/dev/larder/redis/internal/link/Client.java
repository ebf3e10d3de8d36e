package dev.larder.redis.internal.link;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.resource.ClientResources;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A client of lettuce with its threads, of which the links of a store are made. To be closed after them.
 *
 * @param <C> of one server at a time, or of a cluster
 */
public final class Client<C extends AbstractRedisClient> implements AutoCloseable {

    private static final Duration END = Duration.ofSeconds(2);

    private final String name;
    private final Access access;
    private final C lettuce;
    private final ClientResources resources;
    private final NewServers newServers = new NewServers();
    private final FailedReconnects failedReconnects;

    private Client(String name, Access access, C lettuce, ClientResources resources) {
        this.name = name;
        this.access = access;
        this.lettuce = lettuce;
        this.resources = resources;
        this.failedReconnects = FailedReconnects.heardOn(resources.eventBus(), access);
        lettuce.addListener(newServers);
    }

    /**
     * Creates a client of one server at a time. It connects to nothing yet.
     *
     * @throws IllegalArgumentException if a file with certificates or a key is not there, or not what it should be
     */
    public static Client<RedisClient> of(Access access) {
        return of(access, Options.resources());
    }

    private static Client<RedisClient> of(Access access, ClientResources resources) {
        RedisClient client = RedisClient.create(resources);
        client.setOptions(Options.ofClient(access));
        return new Client<>("redis", access, client, resources);
    }

    /**
     * Creates a client of a cluster.
     *
     * @param nodes some nodes, or the configuration endpoint; they tell of the others
     */
    public static Client<RedisClusterClient> ofCluster(Access access, List<URI> nodes) {
        ClientResources resources = Options.resources();
        RedisClusterClient client =
                new ClusterClient(resources, nodes.stream().map(access::address).toList());
        client.setOptions(Options.ofClusterClient(access));
        return new Client<>(Names.of(access.address(nodes.get(0))), access, client, resources);
    }

    /** Returns a client of one server at a time that shares the threads of this one, and ends with it. */
    RedisClient ofSingleServers() {
        return of(access, resources).lettuce;
    }

    /** Returns what the servers are called in messages. */
    String name() {
        return name;
    }

    /** Returns who hears of connections that lead to another server than before. */
    NewServers newServers() {
        return newServers;
    }

    /** Returns who knows why there is no connection. */
    FailedReconnects failedReconnects() {
        return failedReconnects;
    }

    Access access() {
        return access;
    }

    C lettuce() {
        return lettuce;
    }

    ClientResources resources() {
        return resources;
    }

    /** Ends all threads, and the renewal of credentials. */
    @Override
    public void close() {
        lettuce.shutdown(Duration.ZERO, END);
        resources.shutdown(0, END.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly(END.toMillis());
        access.close();
    }
}
