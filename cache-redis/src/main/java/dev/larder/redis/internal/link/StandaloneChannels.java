package dev.larder.redis.internal.link;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The channels of one server, which tells of them over one connection. */
final class StandaloneChannels implements Channels {

    private final String name;
    private final StatefulRedisPubSubConnection<byte[], byte[]> connection;
    private final Pulse pulse;

    private StandaloneChannels(
            String name, StatefulRedisPubSubConnection<byte[], byte[]> connection, Client<RedisClient> client) {
        this.name = name;
        this.connection = connection;
        this.pulse = Pulse.start(name, connection, true, client.resources());
    }

    static StandaloneChannels of(Client<RedisClient> client, RedisURI address) {
        String name = Names.of(address);
        try {
            return new StandaloneChannels(
                    name, client.lettuce().connectPubSub(ByteArrayCodec.INSTANCE, address), client);
        } catch (RedisException e) {
            throw Unreachable.of(Names.withSentinels(address), client.access(), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletableFuture<StatefulRedisPubSubConnection<byte[], byte[]>> connectionTo(byte[] channel) {
        return CompletableFuture.completedFuture(connection);
    }

    @Override
    public CompletionStage<?> subscribe(StatefulRedisPubSubConnection<byte[], byte[]> to, byte[] channel) {
        return to.async().subscribe(channel);
    }

    @Override
    public CompletionStage<?> unsubscribe(StatefulRedisPubSubConnection<byte[], byte[]> to, byte[] channel) {
        return to.async().unsubscribe(channel);
    }

    @Override
    public CompletionStage<?> locate() {
        return CompletableFuture.completedFuture(null); // each new connection leads to who it is then
    }

    @Override
    public void close() {
        pulse.close();
        connection.close();
    }
}
