package dev.larder.redis;

import dev.larder.redis.auth.CredentialsException;
import dev.larder.redis.auth.RenewingCredentials;
import dev.larder.redis.config.AuthSettings;
import dev.larder.redis.config.ReadFrom;
import dev.larder.redis.config.SentinelSettings;
import dev.larder.redis.config.Topology;
import dev.larder.redis.internal.link.Access;
import dev.larder.redis.internal.link.AnyReplica;
import dev.larder.redis.internal.link.ClusterLink;
import dev.larder.redis.internal.link.ClusterTracking;
import dev.larder.redis.internal.link.Link;
import dev.larder.redis.internal.link.StandaloneLink;
import dev.larder.redis.internal.link.StandaloneTracking;
import dev.larder.redis.internal.link.Tracking;
import dev.larder.redis.internal.link.WithReaders;
import dev.larder.redis.internal.state.StateKeys;
import dev.larder.redis.tls.Tls;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.time.Clock;
import dev.larder.time.Timer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens the connections that settings ask for. */
final class Opening {

    private final RedisSettings settings;
    private final Access access;

    private Opening(RedisSettings settings, Access access) {
        this.settings = settings;
        this.access = access;
    }

    /** What was opened: the link, what tells of changes for all, and what ends with these. */
    record Opened(Link link, Tracking tracking, Access access) {}

    static Opened open(RedisSettings settings) {
        Access access = access(settings);
        try {
            Opening opening = new Opening(settings, access);
            Link link = opening.link();
            return new Opened(link, opening.trackingBeside(link), access);
        } catch (RuntimeException e) {
            access.close();
            throw e;
        }
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

    private Tracking trackingBeside(Link link) {
        try {
            return tracking();
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }

    /** Tracks by connections of its own: what is asked there waits for no call of a user. */
    private Tracking tracking() {
        List<URI> servers = settings.servers();
        String states = StateKeys.prefixOf(settings.prefix());
        SentinelSettings sentinel = settings.sentinel();
        if (settings.topology() == Topology.CLUSTER) {
            return new ClusterTracking(ClusterLink.toPrimaries(access, servers), states);
        }
        return new StandaloneTracking(
                sentinel == null
                        ? StandaloneLink.toPrimary(access, servers.get(0))
                        : StandaloneLink.toPrimary(access, sentinel.master(), servers),
                states);
    }

    private Link link() {
        boolean readsReplicas = settings.readFrom() == ReadFrom.REPLICA;
        List<URI> servers = settings.servers();
        if (settings.topology() == Topology.CLUSTER) {
            Link primaries = ClusterLink.toPrimaries(access, servers);
            return readsReplicas ? with(primaries, unused -> ClusterLink.toReplicas(access, servers)) : primaries;
        }
        SentinelSettings sentinel = settings.sentinel();
        if (sentinel != null) {
            Link primary = StandaloneLink.toPrimary(access, sentinel.master(), servers);
            return readsReplicas
                    ? with(primary, unused -> StandaloneLink.toReplicas(access, sentinel.master(), servers))
                    : primary;
        }
        Link primary = StandaloneLink.toPrimary(access, servers.get(0));
        return readsReplicas ? with(primary, this::replicas) : primary;
    }

    private static Link with(Link primaries, Function<Link, Link> readers) {
        try {
            return new WithReaders(primaries, readers.apply(primaries));
        } catch (RuntimeException e) {
            primaries.close();
            throw e;
        }
    }

    private Link replicas(Link primary) {
        List<StandaloneLink> replicas = new ArrayList<>();
        try {
            settings.readers().forEach(reader -> replicas.add(StandaloneLink.toReplica(access, reader)));
            return new AnyReplica(replicas, primary);
        } catch (RuntimeException e) {
            replicas.forEach(StandaloneLink::close);
            throw e;
        }
    }
}
