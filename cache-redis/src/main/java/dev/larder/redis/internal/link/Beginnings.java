package dev.larder.redis.internal.link;

import io.lettuce.core.protocol.RedisHandshakeHandler;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Knows when a channel, of which its thread just tells that it is connected, has begun to connect, and its number at the server: lettuce can make two for one
 * connection at the same time if one is reset in the middle of its handshake, and what the server said in theirs comes in any order. Moments
 * are numbers that grow.
 */
final class Beginnings implements NettyCustomizer {

    private static final AtomicLong LAST_MOMENT = new AtomicLong();
    private static final ThreadLocal<@Nullable Beginning> OF_CONNECTED = new ThreadLocal<>();

    /** Returns the present moment. */
    static long now() {
        return LAST_MOMENT.incrementAndGet();
    }

    /** Returns when the channel began of which this thread tells that it is connected; without one, later than all. */
    static long ofConnected() {
        Beginning connected = OF_CONNECTED.get();
        return connected == null ? Long.MAX_VALUE : connected.moment;
    }

    /** Returns by which number the server knows the channel of which this thread tells that it is connected; negative if that is unknown. */
    static long numberOfConnected() {
        Beginning connected = OF_CONNECTED.get();
        return connected == null ? HelloAnswer.UNKNOWN : connected.hello.number();
    }

    @Override
    public void afterChannelInitialized(Channel channel) {
        String handshake =
                channel.pipeline().context(RedisHandshakeHandler.class).name();
        channel.pipeline().addAfter(handshake, null, new Beginning(now()));
    }

    /** Stands behind the handshake, so that whoever comes next is told of a connection that can be used. */
    private static final class Beginning extends ChannelInboundHandlerAdapter {

        private final long moment;
        private final HelloAnswer hello = new HelloAnswer();

        Beginning(long moment) {
            this.moment = moment;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf bytes) {
                hello.read(bytes);
            }
            context.fireChannelRead(message);
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            hello.end();
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            OF_CONNECTED.set(this);
            try {
                context.fireChannelActive();
            } finally {
                OF_CONNECTED.remove();
            }
        }
    }
}
