package dev.larder.patterns.behind;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Function;

/**
 * Turns keys or values into bytes of a {@link Journal}, and back. Equal keys must become equal bytes.
 *
 * @param <T> the type of keys or values
 */
public interface JournalCodec<T> {

    /** Returns the bytes. */
    byte[] encode(T object);

    /** Returns what the bytes stand for. What it throws keeps write-behind from starting, so that nothing is lost unseen. */
    T decode(byte[] bytes);

    /** Returns a codec of two functions. */
    static <T> JournalCodec<T> of(Function<? super T, byte[]> encode, Function<byte[], ? extends T> decode) {
        Objects.requireNonNull(encode, "encode");
        Objects.requireNonNull(decode, "decode");
        return new JournalCodec<>() {
            @Override
            public byte[] encode(T object) {
                return encode.apply(object);
            }

            @Override
            public T decode(byte[] bytes) {
                return decode.apply(bytes);
            }
        };
    }

    /** Returns the codec of strings, in UTF-8. */
    static JournalCodec<String> strings() {
        return of(text -> text.getBytes(StandardCharsets.UTF_8), bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Returns the codec of whole numbers. */
    static JournalCodec<Integer> integers() {
        return of(
                number -> ByteBuffer.allocate(Integer.BYTES).putInt(number).array(),
                bytes -> ByteBuffer.wrap(bytes).getInt());
    }

    /** Returns the codec of long numbers. */
    static JournalCodec<Long> longs() {
        return of(
                number -> ByteBuffer.allocate(Long.BYTES).putLong(number).array(),
                bytes -> ByteBuffer.wrap(bytes).getLong());
    }

    /**
     * Returns a codec by Java serialisation, for values; of keys, equal ones need not become equal bytes by it.
     *
     * @param type the type of the values
     * @param parts the other classes of yours that they are made of. Any class that is neither listed here nor one of the JDK's plain ones (numbers,
     *     strings, dates, enums, lists, sets, maps) is refused when the journal is read.
     */
    static <T extends Serializable> JournalCodec<T> serialized(Class<T> type, Class<?>... parts) {
        return new SerialCodec<>(type, parts);
    }
}
