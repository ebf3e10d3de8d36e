package dev.larder.codec.frame;

import dev.larder.codec.UndecodableException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Makes large payloads smaller, with the Deflater of the JDK at its fastest level. A compressed payload is
 *
 * <pre>
 *     01           the algorithm, Deflate
 *     00 00 10 00  length when inflated, here 4,096
 *     ...          the deflated bytes, then zeros as needed
 * </pre>
 *
 * <p>Nothing inflates to more than {@value #MAX_RATIO} times what is stored: what would shrink further is padded when
 * written, and more is refused when read, before memory is spent on it. So a kilobyte can never become a gigabyte. The
 * stated length is the length: an inflater that wants to give more, or less, is not believed.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Compression {

    /** The smallest value that is compressed unless {@link #from} says otherwise. */
    public static final int STANDARD_THRESHOLD = 1024;

    static final int MAX_RATIO = 48;
    static final int HEADER_BYTES = 5;

    private static final byte DEFLATE = 1;

    private final int threshold;

    private Compression(int threshold) {
        this.threshold = threshold;
    }

    /** Returns the compression of payloads of 1 KiB or more. */
    public static Compression deflate() {
        return new Compression(STANDARD_THRESHOLD);
    }

    /** Returns the same with another threshold: smaller payloads stay as they are. */
    public Compression from(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("the threshold of compression must be positive: " + bytes);
        }
        return new Compression(bytes);
    }

    /** Returns the compressed payload, or the payload itself where that would be no smaller. */
    byte[] compress(byte[] payload) {
        if (payload.length < threshold) {
            return payload;
        }
        byte[] target = new byte[payload.length];
        ByteBuffer.wrap(target).put(DEFLATE).putInt(payload.length);
        int length = deflate(payload, target);
        int padded = Math.max(length, leastLengthFor(payload.length));
        return length == 0 ? payload : Arrays.copyOf(target, padded);
    }

    /** Returns the payload that was compressed, of at most so many bytes. */
    static byte[] inflate(byte[] compressed, int maxBytes) {
        if (compressed.length < HEADER_BYTES || compressed[0] != DEFLATE) {
            throw new UndecodableException("an unknown way of compression");
        }
        int stated = ByteBuffer.wrap(compressed).getInt(1);
        if (stated < 0 || stated > maxBytes || compressed.length < leastLengthFor(stated)) {
            throw UndecodableException.tooLarge("more than " + maxBytes + " bytes, or than " + MAX_RATIO + " times");
        }
        return inflate(compressed, new byte[stated]);
    }

    /** Returns the length written, or 0 if it is as long as before. */
    private static int deflate(byte[] payload, byte[] target) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(payload);
            deflater.finish();
            int length = HEADER_BYTES + deflater.deflate(target, HEADER_BYTES, target.length - HEADER_BYTES);
            return deflater.finished() ? length : 0;
        } finally {
            deflater.end();
        }
    }

    private static byte[] inflate(byte[] compressed, byte[] target) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(compressed, HEADER_BYTES, compressed.length - HEADER_BYTES);
            int length = inflater.inflate(target);
            boolean hasMore = inflater.inflate(new byte[1]) > 0;
            if (length != target.length || hasMore || !inflater.finished()) {
                throw new UndecodableException("not of the stated length when inflated");
            }
            return target;
        } catch (DataFormatException broken) {
            throw new UndecodableException("not deflated");
        } finally {
            inflater.end();
        }
    }

    private static int leastLengthFor(int inflated) {
        return inflated / MAX_RATIO;
    }

    @Override
    public String toString() {
        return "deflate from " + threshold + " bytes";
    }
}
