package dev.larder.codec.frame;

import dev.larder.codec.CodecException;
import dev.larder.codec.CodecLimits;
import dev.larder.codec.ValueCodec;
import dev.larder.codec.table.TableCodec;
import dev.larder.copy.Values;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encodes keys: the prefix of their space, then the key with its type, so that Integer 1, Long 1 and "1" are three.
 *
 * <p>Equal keys make equal bytes, and equal bytes come from equal keys. The table of self-describing values promises both.
 * A key of a user's class is read back each time, because a codec that left a field out would otherwise hand one key's
 * value to another; that the bytes of equal keys are equal is for its class to see to.
 *
 * @param <K> the type of the keys
 */
final class KeyCodec<K> {

    /** Stands before a key that the codec of the declared type wrote; no tag of the table is 0. */
    private static final byte DECLARED = 0;

    private final TableCodec<Object> table;
    private final @Nullable ValueCodec<K> declared;
    private final Class<?> type;
    private final CodecLimits limits;

    KeyCodec(TableCodec<Object> table, @Nullable ValueCodec<K> declared, Class<?> type, CodecLimits limits) {
        this.table = table;
        this.declared = declared;
        this.type = type;
        this.limits = limits;
    }

    byte[] encode(byte[] prefix, K key) {
        byte[] bytes =
                declared == null || table.knows(key) ? encodeByTable(prefix, key) : encode(prefix, key, declared);
        if (bytes.length > limits.maxKeyBytes()) {
            throw CodecException.tooLarge("the key", "maxKeyBytes", limits.maxKeyBytes());
        }
        return bytes;
    }

    /** Returns the key, or null if these are not the bytes of one. */
    @Nullable
    K decode(byte[] prefix, byte[] bytes) {
        int start = prefix.length;
        if (bytes.length <= start
                || bytes.length > limits.maxKeyBytes()
                || !Arrays.equals(prefix, 0, start, bytes, 0, start)) {
            return null;
        }
        try {
            return decodeFrom(start, bytes);
        } catch (RuntimeException | StackOverflowError unreadable) {
            return null;
        }
    }

    @SuppressWarnings("unchecked") // checked just before
    private @Nullable K decodeFrom(int start, byte[] bytes) {
        if (bytes[start] == DECLARED) {
            return declared == null ? null : declared.decode(Arrays.copyOfRange(bytes, start + 1, bytes.length));
        }
        Object key = table.decode(Arrays.copyOfRange(bytes, start, bytes.length));
        return type.isInstance(key) ? (K) key : null;
    }

    private byte[] encodeByTable(byte[] prefix, K key) {
        byte[] bytes = table.encode(prefix, key);
        if (table.hasAllowedClasses()) {
            requireSame(key, table.decode(Arrays.copyOfRange(bytes, prefix.length, bytes.length)));
        }
        return bytes;
    }

    private byte[] encode(byte[] prefix, K key, ValueCodec<K> codec) {
        byte[] bytes = codec.encode(key);
        requireSame(key, codec.decode(bytes));
        return ByteBuffer.allocate(prefix.length + 1 + bytes.length)
                .put(prefix)
                .put(DECLARED)
                .put(bytes)
                .array();
    }

    private static void requireSame(Object key, Object readBack) {
        if (!Values.equal(key, readBack)) {
            throw new CodecException("a key of class " + key.getClass().getName() + " does not come back equal from its"
                    + " bytes; give it equals and hashCode and let its codec write all that they compare, or use a"
                    + " string");
        }
    }
}
