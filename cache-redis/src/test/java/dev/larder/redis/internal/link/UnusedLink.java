package dev.larder.redis.internal.link;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.RedisCommand;
import java.util.Collection;
import java.util.List;

/** A link that a test has only because one is asked for. */
public final class UnusedLink implements Link {

    @Override
    public String name() {
        return "redis test";
    }

    @Override
    public RedisClusterAsyncCommands<byte[], byte[]> commands() {
        throw new AssertionError();
    }

    @Override
    public void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
        throw new AssertionError();
    }

    @Override
    public boolean isCluster() {
        return false;
    }

    @Override
    public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries() {
        return List.of();
    }

    @Override
    public void close() {}
}
