package dev.larder.redis.internal.link;

import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.RedisCommand;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Replicas of one server, of which one that is there answers; the primary if none is. */
public final class AnyReplica implements Link {

    private final List<Reader> replicas;
    private final Link primary;

    private AnyReplica(List<Reader> replicas, Link primary) {
        this.replicas = replicas;
        this.primary = primary;
    }

    /**
     * Connects to replicas, or to the endpoints that stand for some. Those that are not there are connected to when they are.
     *
     * @throws dev.larder.store.StoreException if one is there that cannot be used
     */
    public static AnyReplica of(Client<RedisClient> client, List<URI> readers, Link primary) {
        List<Reader> replicas = new ArrayList<>();
        try {
            readers.forEach(uri -> replicas.add(new Reader(() -> StandaloneLink.toReplica(client, uri))));
            return new AnyReplica(replicas, primary);
        } catch (RuntimeException e) {
            replicas.forEach(Reader::close);
            throw e;
        }
    }

    private Link any() {
        int first = ThreadLocalRandom.current().nextInt(replicas.size());
        for (int i = 0; i < replicas.size(); i++) {
            Link replica = replicas.get((first + i) % replicas.size()).ifOpen();
            if (replica != null) {
                return replica;
            }
        }
        return primary;
    }

    @Override
    public String name() {
        return primary.name();
    }

    @Override
    public RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return any().commands();
    }

    @Override
    public void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
        any().dispatch(commands);
    }

    @Override
    public int mostTogether() {
        return primary.mostTogether();
    }

    @Override
    public boolean isCluster() {
        return false;
    }

    @Override
    public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries() {
        return primary.primaries();
    }

    @Override
    public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries(long endNanos) {
        return primary.primaries(endNanos);
    }

    @Override
    public void close() {
        replicas.forEach(Reader::close);
    }
}
