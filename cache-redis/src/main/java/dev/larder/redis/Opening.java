package dev.larder.redis;

import dev.larder.redis.auth.CredentialsException;
import dev.larder.redis.auth.CredentialsProvider;
import dev.larder.redis.auth.RenewingCredentials;
import dev.larder.redis.config.AuthSettings;
import dev.larder.redis.config.ReadFrom;
import dev.larder.redis.config.SentinelSettings;
import dev.larder.redis.config.Topology;
import dev.larder.redis.internal.link.Access;
import dev.larder.redis.internal.link.Acknowledging;
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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens the connections that settings ask for. */
final class Opening {

    private Opening() {}

    /**
     * What was opened.
     *
     * @param link leads to the entries
     * @param tracking leads to what all JVMs must know
     * @param subscriptions leads to what is published
     * @param client is closed after both
     */
    record Opened(Link link, Tracking tracking, Subscriptions subscriptions, Client<?> client) {}

    static Opened open(RedisSettings settings) {
        return open(settings, providerOf(settings.auth()));
    }

    /**
     * Opens them.
     *
     * @param credentials makes what tells who the store is to the servers; null if they do not ask
     */
    static Opened open(RedisSettings settings, @Nullable Supplier<CredentialsProvider> credentials) {
        Access access = access(settings, credentials);
        return settings.topology() == Topology.CLUSTER
                ? openCluster(settings, Client.ofCluster(access, settings.servers()))
                : openServer(settings, Client.of(access));
    }

    /** A provider may hang, and each question has a thread of its own for that. */
    private static void ask(Runnable question) {
        Thread thread = new Thread(question, "larder-redis-credentials");
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader()); // of no application that may end before it
        thread.start();
    }

    private static Access access(RedisSettings settings, @Nullable Supplier<CredentialsProvider> credentials) {
        SentinelSettings sentinel = settings.sentinel();
        return new Access(
                renewing(settings, credentials),
                sentinel == null ? null : renewing(settings, providerOf(sentinel.auth())),
                settings.tls() == null ? Tls.ofJdk() : settings.tls().tls(),
                settings.clientName(),
                settings.connectTimeout(),
                settings.queue());
    }

    private static @Nullable Supplier<CredentialsProvider> providerOf(@Nullable AuthSettings auth) {
        return auth == null ? null : auth::provider;
    }

    private static @Nullable RenewingCredentials renewing(
            RedisSettings settings, @Nullable Supplier<CredentialsProvider> credentials) {
        if (credentials == null) {
            return null;
        }
        String server = "redis " + settings.servers().get(0).getHost();
        try {
            return new RenewingCredentials(server, credentials.get(), Clock.system(), Timer.system(), Opening::ask);
        } catch (CredentialsException e) {
            throw new StoreException(server + " cannot be reached: " + e.getMessage(), Applied.NO, e);
        }
    }

    private static Opened openCluster(RedisSettings settings, Client<RedisClusterClient> client) {
        List<Link> opened = new ArrayList<>();
        try {
            Link link = kept(opened, ClusterLink.toPrimaries(client));
            if (settings.readFrom() == ReadFrom.REPLICA) {
                link = new WithReaders(link, kept(opened, ClusterLink.toReplicas(client)));
            }
            int replicas = settings.ack().replicas();
            if (replicas > 0) {
                ClusterLink made = kept(opened, ClusterLink.toPrimaries(client));
                link = Acknowledging.cluster(link, made, client, replicas);
            }
            ClusterLink tracked = kept(opened, ClusterLink.toPrimaries(client));
            Tracking tracking = new ClusterTracking(tracked, states(settings));
            return new Opened(link, tracking, Subscriptions.inCluster(client), client);
        } catch (RuntimeException e) {
            end(opened, client);
            throw e;
        }
    }

    private static Opened openServer(RedisSettings settings, Client<RedisClient> client) {
        List<Link> opened = new ArrayList<>();
        try {
            Link link = kept(opened, primary(settings, client));
            if (settings.readFrom() == ReadFrom.REPLICA) {
                link = new WithReaders(link, kept(opened, readers(settings, client, link)));
            }
            int replicas = settings.ack().replicas();
            if (replicas > 0) {
                StandaloneLink made = kept(opened, primary(settings, client));
                link = Acknowledging.server(link, made, client, replicas);
            }
            StandaloneLink tracked = kept(opened, primary(settings, client));
            Tracking tracking = new StandaloneTracking(tracked, states(settings));
            return new Opened(link, tracking, subscriptions(settings, client), client);
        } catch (RuntimeException e) {
            end(opened, client);
            throw e;
        }
    }

    private static <L extends Link> L kept(List<Link> opened, L link) {
        opened.add(link);
        return link;
    }

    /** A link that is not closed before its client would take the end of its connection for a loss, and ask for what became of it. */
    private static void end(List<Link> opened, Client<?> client) {
        opened.forEach(Link::close);
        client.close();
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
        return AnyReplica.of(client, settings.readers(), primary);
    }

    private static String states(RedisSettings settings) {
        return StateKeys.prefixOf(settings.prefix());
    }
}
