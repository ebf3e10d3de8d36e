package dev.larder.redis;

import dev.larder.redis.Opening.Opened;
import dev.larder.redis.internal.link.Client;
import dev.larder.redis.internal.link.Link;
import dev.larder.redis.internal.store.RedisSource;
import dev.larder.store.StoreFactory;
import io.lettuce.core.cluster.RedisClusterClient;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Stores that are connected by a link which a test has broken. */
public final class RewiredStores implements AutoCloseable {

    private final Opened opened;
    private final RedisSource source;

    private RewiredStores(Opened opened, Link link, RedisSettings settings) {
        this.opened = opened;
        this.source = RedisSource.of(link, opened.tracking(), opened.subscriptions(), settings.prefix());
    }

    /** Connects by something over the link that the settings ask for. */
    public static RewiredStores over(RedisSettings settings, UnaryOperator<Link> broken) {
        Opened opened = Opening.open(settings);
        return new RewiredStores(opened, broken.apply(opened.link()), settings);
    }

    /** Connects to a cluster by another link than the settings ask for. */
    @SuppressWarnings("unchecked") // the settings are those of a cluster
    public static RewiredStores ofCluster(RedisSettings settings, Function<Client<RedisClusterClient>, Link> broken) {
        Opened opened = Opening.open(settings);
        return new RewiredStores(opened, broken.apply((Client<RedisClusterClient>) opened.client()), settings);
    }

    /** Returns what opens the store of a cache. */
    public StoreFactory stores() {
        return source.stores();
    }

    @Override
    public void close() {
        source.close();
        opened.link().close();
        opened.client().close();
    }
}
