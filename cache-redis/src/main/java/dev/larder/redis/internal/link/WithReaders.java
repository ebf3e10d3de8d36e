package dev.larder.redis.internal.link;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.RedisCommand;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A link to primaries, and another for the reads that replicas may answer. */
public final class WithReaders implements Link {

    private final Link primaries;
    private final Link readers;

    /** Creates it; it closes both. */
    public WithReaders(Link primaries, Link readers) {
        this.primaries = primaries;
        this.readers = readers;
    }

    @Override
    public String name() {
        return primaries.name();
    }

    @Override
    public String whyDisconnected() {
        return primaries.whyDisconnected();
    }

    @Override
    public RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return primaries.commands();
    }

    @Override
    public void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
        primaries.dispatch(commands);
    }

    @Override
    public int mostTogether() {
        return primaries.mostTogether();
    }

    @Override
    public boolean isCluster() {
        return primaries.isCluster();
    }

    @Override
    public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries() {
        return primaries.primaries();
    }

    @Override
    public List<RedisClusterAsyncCommands<byte[], byte[]>> primaries(long endNanos) {
        return primaries.primaries(endNanos);
    }

    @Override
    public int[] lowestSlots() {
        return primaries.lowestSlots();
    }

    @Override
    public CompletionStage<?> fence() {
        return primaries.fence();
    }

    @Override
    public Successions successions() {
        return primaries.successions();
    }

    @Override
    public Link readers() {
        return readers;
    }

    @Override
    public void close() {
        readers.close();
        primaries.close();
    }
}
