package dev.larder.redis.internal.link;

import io.lettuce.core.RedisClient;
import java.net.URI;

/** Links that are not connected anew when their connection is lost. */
public final class ConnectedOnce {

    private ConnectedOnce() {}

    /** Connects to a server. */
    public static Link to(Client<RedisClient> client, URI server) {
        RedisClient lettuce = client.lettuce();
        lettuce.setOptions(lettuce.getOptions().mutate().autoReconnect(false).build());
        return StandaloneLink.toPrimary(client, server);
    }
}
