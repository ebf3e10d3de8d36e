package dev.larder.redis.internal.link;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client of lettuce with its own threads, which end with it. */
record Client<C extends AbstractRedisClient>(C lettuce, ClientResources resources) implements AutoCloseable {

    private static final Duration END = Duration.ofSeconds(2);

    static Client<RedisClient> of(Access access) {
        ClientResources resources = Options.resources();
        RedisClient client = RedisClient.create(resources);
        client.setOptions(Options.ofClient(access));
        return new Client<>(client, resources);
    }

    static Client<RedisClusterClient> ofCluster(Access access, List<RedisURI> nodes) {
        ClientResources resources = Options.resources();
        RedisClusterClient client = RedisClusterClient.create(resources, nodes);
        client.setOptions(Options.ofClusterClient(access));
        return new Client<>(client, resources);
    }

    @Override
    public void close() {
        lettuce.shutdown(Duration.ZERO, END);
        resources.shutdown(0, END.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly(END.toMillis());
    }
}
