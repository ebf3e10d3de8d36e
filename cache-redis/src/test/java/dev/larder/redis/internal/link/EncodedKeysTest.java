package dev.larder.redis.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EncodedKeysTest {

    @Test
    void keysOfAnyLengthAreWrittenAsLettuceWritesThem() {
        List<byte[]> keys = Stream.concat(IntStream.range(0, 130).boxed(), Stream.of(999, 1_000, 10_000, 123_456))
                .map(EncodedKeysTest::keyOfLength)
                .toList();

        EncodedKeys encoded = new EncodedKeys(keys);

        assertThat(encoded.count()).isEqualTo(keys.size());
        assertThat(bytes(encoded)).isEqualTo(bytes(new CommandArgs<>(ByteArrayCodec.INSTANCE).addKeys(keys)));
    }

    private static byte[] keyOfLength(int length) {
        byte[] key = new byte[length];
        for (int i = 0; i < length; i++) {
            key[i] = (byte) (i + length);
        }
        return key;
    }

    private static byte[] bytes(CommandArgs<byte[], byte[]> arguments) {
        ByteBuf buffer = Unpooled.buffer();
        arguments.encode(buffer);
        return ByteBufUtil.getBytes(buffer);
    }
}
