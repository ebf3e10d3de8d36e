package dev.larder.patterns.session.internal.record;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads octets that may be anything: asks for no memory before it is known that the octets are there. For one thread.
 */
public final class ByteReader {

    private final ByteBuffer buffer;

    /** Reads these. */
    public ByteReader(byte[] bytes) {
        this(bytes, bytes.length);
    }

    /** Reads so many of these. */
    public ByteReader(byte[] bytes, int length) {
        buffer = ByteBuffer.wrap(bytes, 0, length);
    }

    /** Returns how many octets are left. */
    public int remaining() {
        return buffer.remaining();
    }

    /** Reads an octet as a number from 0 to 255. */
    public int octet() throws DamagedBytesException {
        try {
            return Byte.toUnsignedInt(buffer.get());
        } catch (BufferUnderflowException end) {
            throw new DamagedBytesException("they end too early");
        }
    }

    /** Reads a number that is not negative. */
    public long number() throws DamagedBytesException {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int octet = octet();
            number |= (octet & 0x7FL) << shift;
            if (octet < 0x80) {
                return number;
            }
        }
        throw new DamagedBytesException("a number is too large");
    }

    /** Reads how many things follow, of which each has one octet at least. */
    public int count() throws DamagedBytesException {
        long count = number();
        if (count > remaining()) {
            throw new DamagedBytesException("more is announced than is there");
        }
        return (int) count;
    }

    /** Reads a moment. */
    public long moment() throws DamagedBytesException {
        return ByteBuffer.wrap(fixed(Long.BYTES)).getLong();
    }

    /** Reads text; what is no UTF-8 becomes replacement characters. */
    public String text() throws DamagedBytesException {
        return new String(block(), StandardCharsets.UTF_8);
    }

    /** Reads octets behind their number. */
    public byte[] block() throws DamagedBytesException {
        return fixed(count());
    }

    /** Reads so many octets. */
    public byte[] fixed(int length) throws DamagedBytesException {
        if (length > remaining()) {
            throw new DamagedBytesException("they end too early");
        }
        byte[] octets = new byte[length];
        buffer.get(octets);
        return octets;
    }

    /** Sees to it that nothing is left. */
    public void end() throws DamagedBytesException {
        if (buffer.hasRemaining()) {
            throw new DamagedBytesException("there are more than expected");
        }
    }
}
