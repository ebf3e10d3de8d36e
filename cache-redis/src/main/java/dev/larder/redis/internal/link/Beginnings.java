package dev.larder.redis.internal.link;

import io.lettuce.core.protocol.RedisHandshakeHandler;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Knows of a channel, of which its thread just tells that it is connected or lost, when it has begun to connect, and by which number the
 * server knows it: lettuce can make two for one connection at the same time if one is reset in the middle of its handshake, and what the
 * server said in theirs comes in any order. Moments are numbers that grow.
 */
final class Beginnings implements NettyCustomizer {

    private static final AtomicLong LAST_MOMENT = new AtomicLong();
    private static final ThreadLocal<@Nullable Beginning> TOLD_OF = new ThreadLocal<>();

    /** Returns the present moment. */
    static long now() {
        return LAST_MOMENT.incrementAndGet();
    }

    /** Returns when the channel began of which this thread tells that it is connected; without one, later than all. */
    static long ofConnected() {
        Beginning told = TOLD_OF.get();
        return told == null ? Long.MAX_VALUE : told.moment;
    }

    /** Returns by which number the server knows the channel that this thread tells of; negative if that is unknown. */
    static long number() {
        Beginning told = TOLD_OF.get();
        return told == null ? HelloAnswer.UNKNOWN : told.hello.number();
    }

    /** Returns where the channel leads that this thread tells of; null if that is unknown. */
    static @Nullable SocketAddress address() {
        Beginning told = TOLD_OF.get();
        return told == null ? null : told.address;
    }

    /** Whether this thread tells of the loss of a channel over which nothing was sent but its handshake. */
    static boolean isUnused() {
        Beginning told = TOLD_OF.get();
        return told != null && !told.isConnected;
    }

    @Override
    public void afterChannelInitialized(Channel channel) {
        String handshake =
                channel.pipeline().context(RedisHandshakeHandler.class).name();
        channel.pipeline().addAfter(handshake, null, new Beginning(now()));
    }

    /** Stands behind the handshake, so that whoever comes next is told of a connection that can be used. For the thread of the channel. */
    private static final class Beginning extends ChannelInboundHandlerAdapter {

        private final long moment;
        private final HelloAnswer hello = new HelloAnswer();
        private @Nullable SocketAddress address;
        private boolean isConnected;

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
            isConnected = true;
            address = context.channel().remoteAddress();
            tell(context::fireChannelActive);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            tell(context::fireChannelInactive);
        }

        private void tell(Runnable event) {
            TOLD_OF.set(this);
            try {
                event.run();
            } finally {
                TOLD_OF.remove();
            }
        }
    }
}
