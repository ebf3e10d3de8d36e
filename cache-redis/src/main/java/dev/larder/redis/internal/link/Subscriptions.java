package dev.larder.redis.internal.link;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import java.net.URI;
import java.util.List;

/**
 * Opens subscriptions to channels of one server, or of a cluster. In a cluster a channel belongs to a shard, by its slot, as keys do, and is published
 * on by {@code SPUBLISH}; elsewhere by {@code PUBLISH}: see {@link Link#publish}.
 */
@FunctionalInterface
public interface Subscriptions {

    /**
     * Connects, which may take as long as it may to connect. There is no channel yet.
     *
     * @throws dev.larder.store.StoreException if that fails
     */
    Subscription open(Subscriber subscriber);

    /** Returns what opens them at a server that takes writes, or at the endpoint that stands for it. */
    static Subscriptions atPrimary(Client<RedisClient> client, URI uri) {
        RedisURI address = client.access().address(uri);
        return subscriber -> open(StandaloneChannels.of(client, address), subscriber, client);
    }

    /** Returns what opens them at whoever is the primary, by what sentinels know. */
    static Subscriptions atPrimary(Client<RedisClient> client, String master, List<URI> sentinels) {
        RedisURI address = client.access().address(master, sentinels);
        return subscriber -> open(StandaloneChannels.of(client, address), subscriber, client);
    }

    /** Returns what opens them at the primaries of a cluster. */
    static Subscriptions inCluster(Client<RedisClusterClient> client) {
        return subscriber -> open(ClusterChannels.of(client), subscriber, client);
    }

    private static Subscription open(Channels channels, Subscriber subscriber, Client<?> client) {
        return KeptSubscription.open(channels, subscriber, client.resources());
    }
}
