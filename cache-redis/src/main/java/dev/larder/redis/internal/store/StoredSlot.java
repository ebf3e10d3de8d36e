package dev.larder.redis.internal.store;

import dev.larder.codec.frame.Frame;
import dev.larder.store.Tags;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is stored at a key: the frame of a value as it is, or a head of 37 bytes or more before it, if the value has tags or
 * somebody holds a lease. Numbers are big-endian:
 *
 * <pre>
 *     offset  length
 *      0       2     magic, 4C A8: no frame begins like this
 *      2       1     flags: 1 leased, 2 tagged, 4 there is a frame
 *      3       8     the lease; its first bit is set if it is one to write
 *     11       8     the end of the lease, by the server's clock in milliseconds
 *     19       8     under a lease, the deadline of the entry, or 0 if it has none
 *     27       8     as of which invalidation the entry is up to date
 *     35       2     length of the tags
 *     37             the tags in UTF-8, each after two bytes of its length
 *                    the frame
 * </pre>
 *
 * <p>The server's expiry of the key is the deadline of the entry or the end of the lease, whichever comes first: an entry whose lease
 * reaches its end unused goes with it. {@code slot.lua} reads the same.
 */
final class StoredSlot {

    private final byte @Nullable [] frame;
    private final Tags tags;
    private final byte[] version;

    private StoredSlot(byte @Nullable [] frame, Tags tags, byte[] version) {
        this.frame = frame;
        this.tags = tags;
        this.version = version;
    }

    private static StoredSlot of(byte[] frame, Tags tags) {
        return new StoredSlot(frame, tags, versionOf(frame));
    }

    /** Returns the frame, or null if there is a lease and no entry. */
    byte @Nullable [] frame() {
        return frame;
    }

    /** Returns the tags of the entry, and as of when it is up to date. */
    Tags tags() {
        return tags;
    }

    private static final byte[] NOTHING = new byte[0];
    static final byte[] NO_VERSION = new byte[Long.BYTES];
    private static final short MAGIC = 0x4CA8;
    private static final int TAGGED = 2;
    private static final int FILLED = 4;
    private static final int HEAD_BYTES = 37;
    private static final int FLAGS_AT = 2;
    private static final int AS_OF_AT = 27;

    /** Whether there is more in what was found than a frame. */
    static boolean hasHead(byte[] stored) {
        return stored.length >= HEAD_BYTES && stored[0] == (byte) (MAGIC >>> Byte.SIZE) && stored[1] == (byte) MAGIC;
    }

    /** Takes apart what was found. What has no head is a frame, or is found to be none when it is decoded. */
    static StoredSlot of(byte[] stored) {
        if (!hasHead(stored)) {
            return of(stored, Tags.NONE);
        }
        ByteBuffer buffer = ByteBuffer.wrap(stored);
        int flags = stored[FLAGS_AT];
        if ((flags & FILLED) == 0) {
            return new StoredSlot(null, Tags.NONE, NO_VERSION);
        }
        int tagBytes = Short.toUnsignedInt(buffer.getShort(HEAD_BYTES - Short.BYTES));
        if (HEAD_BYTES + tagBytes > stored.length) {
            return of(NOTHING, Tags.NONE);
        }
        byte[] frame = Arrays.copyOfRange(stored, HEAD_BYTES + tagBytes, stored.length);
        try {
            return of(
                    frame,
                    (flags & TAGGED) == 0
                            ? Tags.NONE
                            : tags(buffer.slice(HEAD_BYTES, tagBytes), buffer.getLong(AS_OF_AT)));
        } catch (IllegalArgumentException notOurs) {
            // none that can be read, but scripts still know it by its version
            return new StoredSlot(NOTHING, Tags.NONE, versionOf(frame));
        }
    }

    private static Tags tags(ByteBuffer buffer, long asOf) {
        Set<String> names = new HashSet<>();
        while (buffer.remaining() > Short.BYTES) {
            int length = Math.min(Short.toUnsignedInt(buffer.getShort()), buffer.remaining());
            names.add(StandardCharsets.UTF_8
                    .decode(buffer.slice(buffer.position(), length))
                    .toString());
            buffer.position(buffer.position() + length);
        }
        return new Tags(names, asOf);
    }

    /** Returns the bytes that are to be stored for a frame, with the tags as of their number. */
    static byte[] bytes(byte[] frame, Tags tags) {
        if (tags.isNone()) {
            return frame;
        }
        byte[] names = bytes(tags.names());
        return ByteBuffer.allocate(HEAD_BYTES + names.length + frame.length)
                .putShort(MAGIC)
                .put((byte) (TAGGED | FILLED))
                .putLong(AS_OF_AT, tags.asOf())
                .putShort(HEAD_BYTES - Short.BYTES, (short) names.length)
                .position(HEAD_BYTES)
                .put(names)
                .put(frame)
                .array();
    }

    private static byte[] bytes(Set<String> names) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String name : names) {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            out.write(utf8.length >>> Byte.SIZE);
            out.write(utf8.length);
            out.writeBytes(utf8);
        }
        return out.toByteArray();
    }

    /** Returns the version in the frame, by which scripts know the entry. */
    byte[] version() {
        return version.clone();
    }

    /** Returns the version in a frame, or zeros if it is too short to be one. */
    static byte[] versionOf(byte[] frame) {
        return frame.length < Frame.HEADER_BYTES ? NO_VERSION : Arrays.copyOfRange(frame, 10, 18);
    }
}
