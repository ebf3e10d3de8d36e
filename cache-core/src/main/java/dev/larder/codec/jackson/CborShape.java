package dev.larder.codec.jackson;

import dev.larder.codec.UndecodableException;

/**
 * Walks over the heads of CBOR items before Jackson does, because Jackson allocates up to a quarter of a megabyte for a
 * byte string on the word of its length. Here no item may claim more than is left (RFC 8949, section 3).
 */
final class CborShape {

    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;
    private static final int SIMPLE = 7;

    private static final int INDEFINITE = 31;
    private static final int BREAK = 0xFF;

    private final byte[] bytes;
    private final int maxDepth;
    private int position;

    private CborShape(byte[] bytes, int maxDepth) {
        this.bytes = bytes;
        this.maxDepth = maxDepth;
    }

    /** Checks that the bytes are exactly one item whose parts are all there. */
    static void check(byte[] bytes, int maxDepth) {
        CborShape shape = new CborShape(bytes, maxDepth);
        shape.item(0);
        if (shape.position != bytes.length) {
            throw new UndecodableException("bytes behind the value");
        }
    }

    private void item(int depth) {
        if (depth > maxDepth) {
            throw UndecodableException.tooLarge("nested more than " + maxDepth + " levels deep");
        }
        int head = next();
        int major = head >>> 5;
        int info = head & 0x1F;
        if (info == INDEFINITE) {
            indefinite(major, depth);
        } else {
            definite(major, argument(info), depth);
        }
    }

    private void definite(int major, long argument, int depth) {
        switch (major) {
            case BYTES, TEXT -> skip(argument);
            case ARRAY -> items(within(argument), depth);
            case MAP -> items(2 * within(argument), depth);
            case TAG -> item(depth + 1);
            default -> {} // an integer or a simple value is its head
        }
    }

    private void indefinite(int major, int depth) {
        if (major < BYTES || major == TAG || major == SIMPLE) {
            throw new UndecodableException("an item that cannot be of indefinite length");
        }
        while (peek() != BREAK) {
            item(depth + 1);
        }
        position++;
    }

    private void items(long count, int depth) {
        for (long i = 0; i < count; i++) {
            item(depth + 1);
        }
    }

    /** The value behind a head: itself below 24, else in the next 1, 2, 4 or 8 bytes. */
    private long argument(int info) {
        if (info < 24) {
            return info;
        }
        if (info > 27) {
            throw new UndecodableException("a head that is reserved");
        }
        long value = 0;
        for (int i = 1 << (info - 24); i > 0; i--) {
            value = value << 8 | next();
        }
        return value;
    }

    private long within(long length) {
        if (length < 0 || length > bytes.length - position) {
            throw new UndecodableException("a length beyond the end");
        }
        return length;
    }

    private void skip(long length) {
        position += (int) within(length);
    }

    private int peek() {
        if (position >= bytes.length) {
            throw new UndecodableException("the value ends too early");
        }
        return bytes[position] & 0xFF;
    }

    private int next() {
        int octet = peek();
        position++;
        return octet;
    }
}
