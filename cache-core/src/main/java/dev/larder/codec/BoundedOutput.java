package dev.larder.codec;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * A growing buffer that refuses to grow beyond a limit, for codecs that write to a stream. For one thread.
 */
public final class BoundedOutput extends OutputStream {

    private static final int FIRST_BYTES = 64;

    private final int limit;
    private byte[] buffer = new byte[FIRST_BYTES];
    private int length;
    private boolean overflown;

    /** Creates a buffer for so many bytes at most. */
    public BoundedOutput(int limit) {
        this.limit = limit;
    }

    @Override
    public void write(int octet) {
        makeRoom(1);
        buffer[length++] = (byte) octet;
    }

    @Override
    public void write(byte[] source, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, source.length);
        makeRoom(count);
        System.arraycopy(source, offset, buffer, length, count);
        length += count;
    }

    /** Returns how many bytes were written. */
    public int length() {
        return length;
    }

    /** Returns a copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, length);
    }

    /** Whether the limit was met; what threw then may since have been wrapped by whoever was writing. */
    public boolean isOverflown() {
        return overflown;
    }

    private void makeRoom(int more) {
        if (more > limit - length) {
            overflown = true;
            throw CodecException.tooLarge("the value", "maxValueBytes", limit);
        }
        if (more > buffer.length - length) {
            int doubled = (int) Math.min(limit, 2L * buffer.length);
            buffer = Arrays.copyOf(buffer, Math.max(doubled, length + more));
        }
    }
}
