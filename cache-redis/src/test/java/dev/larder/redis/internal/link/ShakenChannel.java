package dev.larder.redis.internal.link;

import io.lettuce.core.protocol.RedisHandshakeHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Channels without a network that begin to connect now. */
final class ShakenChannel {

    private ShakenChannel() {}

    /** Makes one that is connected when the handshake is completed. */
    static EmbeddedChannel begin(Client<?> client, CompletableFuture<Void> handshake, ChannelHandler told) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.pipeline()
                .addLast(new RedisHandshakeHandler(any -> handshake, client.resources(), Duration.ofMinutes(1)), told);
        new Beginnings().afterChannelInitialized(channel);
        channel.pipeline().fireChannelActive();
        return channel;
    }
}
