package dev.larder.redis;

import dev.larder.redis.auth.CredentialsException;
import dev.larder.redis.auth.RenewingCredentials;
import dev.larder.redis.config.AuthSettings;
import dev.larder.redis.config.ReadFrom;
import dev.larder.redis.config.SentinelSettings;
import dev.larder.redis.config.Topology;
import dev.larder.redis.internal.link.Access;
import dev.larder.redis.internal.link.AnyReplica;
import dev.larder.redis.internal.link.Client;
import dev.larder.redis.internal.link.ClusterLink;
import dev.larder.redis.internal.link.ClusterTracking;
import dev.larder.redis.internal.link.Link;
import dev.larder.redis.internal.link.StandaloneLink;
import dev.larder.redis.internal.link.StandaloneTracking;
import dev.larder.redis.internal.link.Subscriptions;
import dev.larder.redis.internal.link.Tracking;
import dev.larder.redis.internal.link.WithReaders;
import dev.larder.redis.internal.state.StateKeys;
import dev.larder.redis.tls.Tls;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.time.Clock;
import dev.larder.time.Timer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.RedisClusterClient;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** Opens the connections that settings ask for. */
final class Opening {

    private Opening() {}

    /**
     * What was opened.
     *
     * @param link leads to the entries
     * @param tracking leads to what all JVMs must know
     * @param subscriptions lead to what is published
     * @param client is closed after both
     */
    record Opened(Link link, Tracking tracking, Subscriptions subscriptions, Client<?> client) {}

    static Opened open(RedisSettings settings) {
        Access access = access(settings);
        return settings.topology() == Topology.CLUSTER
                ? openCluster(settings, Client.ofCluster(access, settings.servers()))
                : openServer(settings, Client.of(access));
    }

    private static Access access(RedisSettings settings) {
        SentinelSettings sentinel = settings.sentinel();
        return new Access(
                credentials(settings, settings.auth()),
                sentinel == null ? null : credentials(settings, sentinel.auth()),
                settings.tls() == null ? Tls.ofJdk() : settings.tls().tls(),
                settings.clientName(),
                settings.connectTimeout(),
                settings.queue());
    }

    private static @Nullable RenewingCredentials credentials(RedisSettings settings, @Nullable AuthSettings auth) {
        if (auth == null) {
            return null;
        }
        String server = "redis " + settings.servers().get(0).getHost();
        try {
            return new RenewingCredentials(
                    server, auth.provider(), Clock.system(), Timer.system(), ForkJoinPool.commonPool());
        } catch (CredentialsException e) {
            throw new StoreException(server + " cannot be reached: " + e.getMessage(), Applied.NO, e);
        }
    }

    private static Opened openCluster(RedisSettings settings, Client<RedisClusterClient> client) {
        try {
            Link primaries = ClusterLink.toPrimaries(client);
            Link link = settings.readFrom() == ReadFrom.REPLICA
                    ? new WithReaders(primaries, ClusterLink.toReplicas(client))
                    : primaries;
            Tracking tracking = new ClusterTracking(ClusterLink.toPrimaries(client), states(settings));
            return new Opened(link, tracking, Subscriptions.inCluster(client), client);
        } catch (RuntimeException e) {
            client.close(); // and with it all connections
            throw e;
        }
    }

    private static Opened openServer(RedisSettings settings, Client<RedisClient> client) {
        try {
            Link primary = primary(settings, client);
            Link link = settings.readFrom() == ReadFrom.REPLICA
                    ? new WithReaders(primary, readers(settings, client, primary))
                    : primary;
            Tracking tracking = new StandaloneTracking(primary(settings, client), states(settings));
            return new Opened(link, tracking, subscriptions(settings, client), client);
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private static StandaloneLink primary(RedisSettings settings, Client<RedisClient> client) {
        SentinelSettings sentinel = settings.sentinel();
        return sentinel == null
                ? StandaloneLink.toPrimary(client, settings.servers().get(0))
                : StandaloneLink.toPrimary(client, sentinel.master(), sentinel.nodes());
    }

    private static Subscriptions subscriptions(RedisSettings settings, Client<RedisClient> client) {
        SentinelSettings sentinel = settings.sentinel();
        return sentinel == null
                ? Subscriptions.atPrimary(client, settings.servers().get(0))
                : Subscriptions.atPrimary(client, sentinel.master(), sentinel.nodes());
    }

    private static Link readers(RedisSettings settings, Client<RedisClient> client, Link primary) {
        SentinelSettings sentinel = settings.sentinel();
        if (sentinel != null) {
            return StandaloneLink.toReplicas(client, sentinel.master(), sentinel.nodes());
        }
        List<StandaloneLink> replicas = settings.readers().stream()
                .map(reader -> StandaloneLink.toReplica(client, reader))
                .toList();
        return new AnyReplica(replicas, primary);
    }

    private static String states(RedisSettings settings) {
        return StateKeys.prefixOf(settings.prefix());
    }
}
