package dev.larder.redis.internal.link;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.RedisCommand;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A connection to a server, or to all servers of a cluster, that many threads share. */
public interface Link extends AutoCloseable {

    /** How many commands are sent together if the queue has room for many more. An answer to that many stays of a size that others can wait for. */
    int MOST_TOGETHER = 1000;

    /** Returns where this leads to, for messages; no secret is in it. */
    String name();

    /** Returns the commands, each of which goes to the server that has its key. */
    RedisClusterAsyncCommands<byte[], byte[]> commands();

    /** Returns why there is no connection, and which setting helps, if that is known; else nothing. No secret is in it. */
    default String whyDisconnected() {
        return "";
    }

    /** Sends commands together: one flush for each server. */
    void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands);

    /**
     * Returns how many commands may be sent together. A connection refuses all of them if there is not enough room in its queue for each, so there is
     * to be some for others, too.
     */
    default int mostTogether() {
        return MOST_TOGETHER;
    }

    /** Whether keys that are asked for together may be on different servers. */
    boolean isCluster();

    /** Returns the commands of each server that has keys of its own, for those that concern all of its keys. */
    List<RedisClusterAsyncCommands<byte[], byte[]>> primaries();

    /**
     * Returns the same. Unless overridden there is nobody to wait for.
     *
     * @param endNanos by when, by the system's clock, the caller has to have an answer
     */
    default List<RedisClusterAsyncCommands<byte[], byte[]>> primaries(long endNanos) {
        return primaries();
    }

    /**
     * Returns the command by which a script publishes what a {@link Subscription} here hears of, on a channel that begins as its key does: in a cluster it
     * must hash to the slot of the key, as the key itself does when it is taken for the name of the channel.
     */
    default String publish() {
        return isCluster() ? "SPUBLISH" : "PUBLISH";
    }

    /**
     * Returns for each slot the lowest one that the same server has, as far as it is known now; nothing if this is no cluster. So whoever knows the
     * cluster alike knows the same slot of a server.
     */
    default int[] lowestSlots() {
        return new int[0];
    }

    /** Returns the way of reads that may miss what was written a moment ago. */
    default Link readers() {
        return this;
    }

    /** Whether writes that go by {@link #writers} are answered when replicas have them. */
    default boolean acknowledgesWrites() {
        return false;
    }

    /**
     * Returns the way of the writes of an operation. Where replicas must acknowledge them, they are answered when that is done, or is known to have failed.
     *
     * @param endNanos by when, by the system's clock, the caller has to have an answer
     */
    default Link writers(long endNanos) {
        return this;
    }

    /**
     * Returns what completes when nothing that was sent over connections lost until now can have an effect any more. Unless overridden that is
     * a matter of time.
     */
    default CompletionStage<?> fence() {
        return new CompletableFuture<>().completeOnTimeout(null, 30, TimeUnit.SECONDS);
    }

    /** Returns what tells of keys that come to a server which may lack the last writes. Unless overridden nobody tells. */
    default Successions successions() {
        return new Successions();
    }

    /** Ends the connection. */
    @Override
    void close();
}
