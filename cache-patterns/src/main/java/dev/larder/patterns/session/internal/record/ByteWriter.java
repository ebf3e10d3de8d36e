package dev.larder.patterns.session.internal.record;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes what {@link ByteReader} reads. For one thread. */
public final class ByteWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

    /** Writes the lowest eight bits. */
    public void octet(int octet) {
        bytes.write(octet);
    }

    /** Writes a number that is not negative, seven bits an octet, the lowest first. */
    public void number(long number) {
        long rest = number;
        while (rest > 0x7F) {
            octet((int) rest | 0x80);
            rest >>>= 7;
        }
        octet((int) rest);
    }

    /** Writes a moment as eight octets. */
    public void moment(long millis) {
        fixed(ByteBuffer.allocate(Long.BYTES).putLong(millis).array());
    }

    /** Writes text as UTF-8 behind its length. */
    public void text(String text) {
        block(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes octets behind their number. */
    public void block(byte[] block) {
        number(block.length);
        fixed(block);
    }

    /** Writes octets. */
    public void fixed(byte[] octets) {
        bytes.write(octets, 0, octets.length);
    }

    /** Returns what was written. */
    public byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
