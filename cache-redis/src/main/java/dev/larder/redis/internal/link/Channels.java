package dev.larder.redis.internal.link;

import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** By which connections and commands servers tell what is published. */
interface Channels extends AutoCloseable {

    /** Returns what the servers are called in messages. */
    String name();

    /** Returns the connection to who tells of a channel; it may have to be opened first. */
    CompletableFuture<StatefulRedisPubSubConnection<byte[], byte[]>> connectionTo(byte[] channel);

    /** Lets the server at the other end tell of a channel. */
    CompletionStage<?> subscribe(StatefulRedisPubSubConnection<byte[], byte[]> connection, byte[] channel);

    /** Lets it tell no more. */
    CompletionStage<?> unsubscribe(StatefulRedisPubSubConnection<byte[], byte[]> connection, byte[] channel);

    /** Finds out anew who tells of which channel. */
    CompletionStage<?> locate();

    @Override
    void close();
}
