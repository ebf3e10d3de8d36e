package dev.larder.redis.internal.link;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.RedisCommand;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Replicas of one server, of which one that is there answers; the primary if none is. */
public final class AnyReplica implements Link {

    private final List<StandaloneLink> replicas;
    private final Link primary;

    /** Creates it; it closes the replicas. */
    public AnyReplica(List<StandaloneLink> replicas, Link primary) {
        this.replicas = List.copyOf(replicas);
        this.primary = primary;
    }

    private Link any() {
        int first = ThreadLocalRandom.current().nextInt(replicas.size());
        for (int i = 0; i < replicas.size(); i++) {
            StandaloneLink replica = replicas.get((first + i) % replicas.size());
            if (replica.isOpen()) {
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
    public boolean isCluster() {
        return false;
    }

    @Override
    public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries() {
        return primary.primaries();
    }

    @Override
    public void close() {
        replicas.forEach(StandaloneLink::close);
    }
}
