package dev.larder.redis.internal.link;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.RedisCommand;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A link over another, of which a test breaks a part. This one tells nobody of successions. */
public class ForwardingLink implements Link {

    private final Link link;

    public ForwardingLink(Link link) {
        this.link = link;
    }

    @Override
    public String name() {
        return link.name();
    }

    @Override
    public String whyDisconnected() {
        return link.whyDisconnected();
    }

    @Override
    public RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return link.commands();
    }

    @Override
    public void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
        link.dispatch(commands);
    }

    @Override
    public int mostTogether() {
        return link.mostTogether();
    }

    @Override
    public boolean isCluster() {
        return link.isCluster();
    }

    @Override
    public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries() {
        return link.primaries();
    }

    @Override
    public CompletionStage<?> fence() {
        return link.fence();
    }

    @Override
    public void close() {
        link.close();
    }
}
