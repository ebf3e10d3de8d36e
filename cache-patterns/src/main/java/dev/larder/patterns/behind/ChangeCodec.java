package dev.larder.patterns.behind;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Changes as bytes. The key by itself; and what is done to it:
 *
 * <pre>
 *     00 00 00 00 00 00 00 2a  01  6f 6e 65      change 42 writes "one"
 *     00 00 00 00 00 00 00 2b  00                change 43 deletes
 * </pre>
 */
record ChangeCodec<K, V>(JournalCodec<K> keys, JournalCodec<V> values) {

    private static final byte DELETION = 0;
    private static final byte WRITE = 1;
    private static final int HEADER = Long.BYTES + 1;

    byte[] key(K key) {
        return keys.encode(key);
    }

    byte[] record(Change<K, V> change) {
        V value = change.value();
        byte[] payload = value == null ? new byte[0] : values.encode(value);
        return ByteBuffer.allocate(HEADER + payload.length)
                .putLong(change.sequence())
                .put(value == null ? DELETION : WRITE)
                .put(payload)
                .array();
    }

    static long sequence(byte[] record) {
        return ByteBuffer.wrap(record).getLong();
    }

    Change<K, V> decode(byte[] key, byte[] record, long nowMillis) {
        return Change.first(keys.decode(key), value(record), sequence(record), nowMillis);
    }

    private @Nullable V value(byte[] record) {
        return record[Long.BYTES] == DELETION ? null : values.decode(Arrays.copyOfRange(record, HEADER, record.length));
    }
}
