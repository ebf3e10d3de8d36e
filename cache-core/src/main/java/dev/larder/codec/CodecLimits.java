package dev.larder.codec;

/**
 * How large things may be on their way to bytes and back. Writing more is an error, reading more is a miss; both are
 * found before memory is spent on it.
 *
 * @param maxKeyBytes the longest encoded key, with the names of namespace and cache
 * @param maxValueBytes the longest encoded value, before it is compressed and after it is inflated
 * @param maxDepth how many values may be inside one another
 * @param maxSerialDepth the same for Java serialisation, where depth is the way to tie a CPU up
 * @param maxSerialObjects how many objects one value may have in Java serialisation
 */
public record CodecLimits(int maxKeyBytes, int maxValueBytes, int maxDepth, int maxSerialDepth, int maxSerialObjects) {

    private static final CodecLimits STANDARD = new CodecLimits(8 << 10, 16 << 20, 64, 20, 10_000);

    /** Checks that every limit lets something through. */
    public CodecLimits {
        atLeastOne("maxKeyBytes", maxKeyBytes);
        atLeastOne("maxValueBytes", maxValueBytes);
        atLeastOne("maxDepth", maxDepth);
        atLeastOne("maxSerialDepth", maxSerialDepth);
        atLeastOne("maxSerialObjects", maxSerialObjects);
        atMost("maxKeyBytes", maxKeyBytes, 1 << 20);
        atMost("maxValueBytes", maxValueBytes, 1 << 30);
        atMost("maxDepth", maxDepth, 500); // more could overflow the stack of a small thread
    }

    /** Returns the limits of 8 KiB a key, 16 MiB a value, depth 64; in Java serialisation depth 20, 10,000 objects. */
    public static CodecLimits standard() {
        return STANDARD;
    }

    /** Returns these limits with another {@link #maxKeyBytes()}, at most 1 MiB. */
    public CodecLimits withMaxKeyBytes(int bytes) {
        return new CodecLimits(bytes, maxValueBytes, maxDepth, maxSerialDepth, maxSerialObjects);
    }

    /** Returns these limits with another {@link #maxValueBytes()}, at most 1 GiB. */
    public CodecLimits withMaxValueBytes(int bytes) {
        return new CodecLimits(maxKeyBytes, bytes, maxDepth, maxSerialDepth, maxSerialObjects);
    }

    /** Returns these limits with another {@link #maxDepth()}, at most 500. */
    public CodecLimits withMaxDepth(int depth) {
        return new CodecLimits(maxKeyBytes, maxValueBytes, depth, maxSerialDepth, maxSerialObjects);
    }

    /** Returns these limits with others for Java serialisation. */
    public CodecLimits withSerial(int depth, int objects) {
        return new CodecLimits(maxKeyBytes, maxValueBytes, maxDepth, depth, objects);
    }

    private static void atLeastOne(String name, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException(name + " must be positive: " + limit);
        }
    }

    private static void atMost(String name, int limit, int most) {
        if (limit > most) {
            throw new IllegalArgumentException(name + " must be at most " + most + ": " + limit);
        }
    }
}
