package dev.larder.redis.internal.link;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.GenericMapOutput;
import io.lettuce.core.protocol.RedisStateMachine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first answer that comes over a channel, to HELLO, read beside whom it is meant for: what lettuce keeps of it, it keeps for a
 * connection, and two channels that it makes for one at the same time overwrite each other's. For the thread of the channel.
 */
final class HelloAnswer {

    /** What it says on a connection to a server that did not tell its number. */
    static final long UNKNOWN = -1;

    /** An answer takes about 200 bytes, and names the modules of the server. */
    private static final int LONGEST = 64 * 1024;

    private final GenericMapOutput<String, String> output = new GenericMapOutput<>(StringCodec.UTF8);
    private @Nullable RedisStateMachine decoder = new RedisStateMachine();
    private @Nullable ByteBuf unread = Unpooled.buffer();
    private long number = UNKNOWN;

    /** Returns by which number the server knows the channel, or {@link #UNKNOWN}. */
    long number() {
        return number;
    }

    /** Takes note of bytes that have come, and leaves them unread for others. */
    void read(ByteBuf bytes) {
        RedisStateMachine reading = decoder;
        ByteBuf all = unread;
        if (reading == null || all == null) {
            return;
        }
        all.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
        if (isComplete(reading, all) || all.writerIndex() > LONGEST) {
            end();
        }
    }

    private boolean isComplete(RedisStateMachine reading, ByteBuf all) {
        try {
            if (!reading.decode(all, output)) {
                return false;
            }
        } catch (RuntimeException e) {
            return true; // lettuce will say what is wrong with it
        }
        number = output.hasError() ? UNKNOWN : numberIn(output.get());
        return true;
    }

    private static long numberIn(@Nullable Map<String, Object> answer) {
        return answer != null && answer.get("id") instanceof Long told && told > 0 ? told : UNKNOWN;
    }

    /** Reads no more. */
    void end() {
        if (decoder != null && unread != null) {
            decoder.close();
            unread.release();
        }
        decoder = null;
        unread = null;
    }
}
