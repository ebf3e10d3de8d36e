package dev.larder.codec;

import java.util.Arrays;

/**
 * Turns values of one type into bytes and back.
 *
 * <p>The bytes come from outside the JVM and may be anything: decoding ends in a value or in an exception, allocates no
 * more than its input can account for, and never takes the name of a class from its input. What surrounds the bytes (a
 * checksum, the codec's id, the fingerprint of the type) has been checked before, but whoever may write to the store may
 * write a right frame around wrong bytes.
 *
 * <p>Equal values should encode to equal bytes, because a store may compare values by their bytes; each codec says how
 * far that goes. Values that have been decoded encode to the bytes they came from.
 *
 * <p>Values are never null. Implementations are safe for use by many threads.
 *
 * @param <V> the type of the values
 */
public interface ValueCodec<V> {

    /** The smallest id for codecs that are not Larder's own. */
    int FIRST_FOREIGN_ID = 256;

    /** Returns the number of the format, from 1 to 65,535; below {@link #FIRST_FOREIGN_ID} are Larder's own. */
    int id();

    /** Returns a number for the type of the values: bytes that were written for another one are not even looked at. */
    int fingerprint();

    /**
     * Returns the value as bytes.
     *
     * @throws CodecException if this value, or any of its class, cannot be encoded
     */
    byte[] encode(V value);

    /**
     * Returns the value that the bytes stand for.
     *
     * @throws UndecodableException if they stand for none; any other {@link RuntimeException} means the same
     */
    V decode(byte[] payload);

    /**
     * Returns the value that the bytes from there to the end stand for: for codecs that can read them where they are. Unless overridden they are copied.
     *
     * @param from where they begin, not negative and not beyond the end
     * @throws UndecodableException as {@link #decode(byte[])}
     */
    default V decode(byte[] bytes, int from) {
        return decode(from == 0 ? bytes : Arrays.copyOfRange(bytes, from, bytes.length));
    }
}
