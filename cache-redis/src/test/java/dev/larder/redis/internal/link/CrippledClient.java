package dev.larder.redis.internal.link;

import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;

/** Takes from a client of a cluster what it needs to follow the cluster. */
public final class CrippledClient {

    private CrippledClient() {}

    /** Connects by a client that never again asks who serves what. */
    public static Link withoutRefresh(Client<RedisClusterClient> client) {
        client.lettuce()
                .setOptions(options(client)
                        .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                                .disableAllAdaptiveRefreshTriggers()
                                .enablePeriodicRefresh(false)
                                .build())
                        .build());
        return ClusterLink.toPrimaries(client);
    }

    /** Connects by a client that takes the answer of a node that a key is elsewhere for a failure. */
    public static Link withoutRedirects(Client<RedisClusterClient> client) {
        client.lettuce().setOptions(options(client).maxRedirects(0).build());
        return ClusterLink.toPrimaries(client);
    }

    private static ClusterClientOptions.Builder options(Client<RedisClusterClient> client) {
        return ((ClusterClientOptions) client.lettuce().getOptions()).mutate();
    }
}
