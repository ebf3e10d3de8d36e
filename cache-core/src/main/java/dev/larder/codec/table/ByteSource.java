package dev.larder.codec.table;

import dev.larder.codec.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what a {@link ByteSink} wrote, or anything else: every length is compared with what is left before a byte is
 * allocated for it. For one thread.
 */
final class ByteSource {

    /** What a lenient decoder puts in the place of bytes that are no UTF-8; it may also have been in the text. */
    private static final char REPLACEMENT = '\uFFFD';

    private final byte[] bytes;
    private int position;
    private long promised;

    ByteSource(byte[] bytes, int from) {
        this.bytes = bytes;
        this.position = from;
        this.promised = (long) bytes.length - from;
    }

    int octet() {
        require(1);
        return bytes[position++] & 0xFF;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = octet();
            value |= (long) (octet & 0x7F) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new UndecodableException("a number of more than ten bytes");
    }

    long signed() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    int signedInt() {
        long value = signed();
        if (value != (int) value) {
            throw new UndecodableException("a number too large for its type");
        }
        return (int) value;
    }

    int fixed16() {
        return octet() << 8 | octet();
    }

    int fixed32() {
        return fixed16() << 16 | fixed16();
    }

    long fixed64() {
        return (long) fixed32() << 32 | (fixed32() & 0xFFFF_FFFFL);
    }

    /** The number of things that follow, each of so many bytes at least. */
    int length(int bytesEach) {
        long length = varint();
        if (length < 0 || length > (bytes.length - position) / bytesEach) {
            throw new UndecodableException("a length beyond the end");
        }
        return (int) length;
    }

    /**
     * The number of elements that follow. All collections of a value together promise no more elements than the value has
     * bytes; otherwise collections inside one another could each claim the whole rest.
     */
    int count() {
        int count = length(1);
        promised -= count;
        if (promised < 0) {
            throw new UndecodableException("more elements than bytes");
        }
        return count;
    }

    byte[] raw(int length) {
        require(length);
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    byte[] bytes() {
        return raw(length(1));
    }

    String text() {
        int length = length(1);
        int end = position + length;
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), raw(length))) {
            throw new UndecodableException("text that is no UTF-8");
        }
        position = end;
        return text;
    }

    void requireEnd() {
        if (position != bytes.length) {
            throw new UndecodableException("bytes behind the value");
        }
    }

    private void require(int length) {
        if (length > bytes.length - position) {
            throw new UndecodableException("the value ends too early");
        }
    }
}
