package dev.larder.redis.internal.link;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * The keys of one command, as RESP writes them. They are encoded by the thread that asks, so that the thread of the connection, which all
 * callers share, has but one array to copy.
 */
final class EncodedKeys extends CommandArgs<byte[], byte[]> {

    private static final byte[] END = {'\r', '\n'};
    private static final int MOST_EXTRA_BYTES = 1 + 10 + 2 * END.length;

    private final int count;
    private final byte[] encoded;
    private int length;

    EncodedKeys(List<byte[]> keys) {
        super(ByteArrayCodec.INSTANCE);
        this.count = keys.size();
        int most = 0;
        for (byte[] key : keys) {
            most += key.length + MOST_EXTRA_BYTES;
        }
        this.encoded = new byte[most];
        keys.forEach(this::append);
    }

    /** Appends a bulk string: {@code $3\r\nkey\r\n}. */
    private void append(byte[] key) {
        encoded[length++] = '$';
        append(key.length);
        copy(END);
        copy(key);
        copy(END);
    }

    private void append(int number) {
        if (number < 10) {
            encoded[length++] = (byte) ('0' + number);
        } else {
            append(number / 10);
            encoded[length++] = (byte) ('0' + number % 10);
        }
    }

    private void copy(byte[] bytes) {
        System.arraycopy(bytes, 0, encoded, length, bytes.length);
        length += bytes.length;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void encode(ByteBuf buffer) {
        buffer.writeBytes(encoded, 0, length);
    }
}
