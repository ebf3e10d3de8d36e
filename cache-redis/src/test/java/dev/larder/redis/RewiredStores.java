package dev.larder.redis;

import dev.larder.redis.Opening.Opened;
import dev.larder.redis.internal.link.Client;
import dev.larder.redis.internal.link.Link;
import dev.larder.redis.internal.link.Tracking;
import dev.larder.redis.internal.store.RedisSource;
import dev.larder.store.StoreFactory;
import io.lettuce.core.cluster.RedisClusterClient;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Stores of whose connections a test has broken a part. */
public final class RewiredStores implements AutoCloseable {

    private final Opened opened;
    private final RedisSource source;

    private RewiredStores(Opened opened, Link link, Tracking tracking, RedisSettings settings) {
        this.opened = opened;
        this.source = RedisSource.of(link, tracking, opened.subscriptions(), settings.prefix());
    }

    /** Connects by something over the link that the settings ask for. */
    public static RewiredStores over(RedisSettings settings, UnaryOperator<Link> broken) {
        Opened opened = Opening.open(settings);
        return new RewiredStores(opened, broken.apply(opened.link()), opened.tracking(), settings);
    }

    /** Connects so that something over the tracking that the settings ask for tells what all JVMs must know. */
    public static RewiredStores trackedBy(RedisSettings settings, UnaryOperator<Tracking> broken) {
        Opened opened = Opening.open(settings);
        return new RewiredStores(opened, opened.link(), broken.apply(opened.tracking()), settings);
    }

    /** Connects to a cluster by another link than the settings ask for. */
    @SuppressWarnings("unchecked") // the settings are those of a cluster
    public static RewiredStores ofCluster(RedisSettings settings, Function<Client<RedisClusterClient>, Link> broken) {
        Opened opened = Opening.open(settings);
        Link link = broken.apply((Client<RedisClusterClient>) opened.client());
        return new RewiredStores(opened, link, opened.tracking(), settings);
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
