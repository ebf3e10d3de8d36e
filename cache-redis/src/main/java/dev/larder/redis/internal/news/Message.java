package dev.larder.redis.internal.news;

import dev.larder.store.News.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a script publishes of a change. Numbers are big-endian; a put of 5 bytes at a key of 30 is
 *
 * <pre>
 *     01                       version of this form
 *     8F 21 .. 77              8 bytes: whose change it is
 *     02                       1 created, 2 updated, 3 removed, 4 expired, 5 updated if the frame that was there can be read, else nothing
 *     00 00 00 1E              length of the key on the server
 *     00 00 00 05              length of what was stored, 0 for nothing
 *     00 00 00 00              length of the frame that was there, 0 if nobody wants it or none was
 *     key, what was stored, the frame that was there
 * </pre>
 *
 * <p>Everybody who may publish can send anything, so nothing is believed: what is not exactly this is no message. No class is named in it. Not to be
 * changed.
 */
public final class Message {

    /** What a message must have before its key. */
    static final int HEADER_BYTES = 22;

    private static final byte VERSION = 1;
    private static final int KIND_AT = 9;
    private static final int LENGTHS_AT = 10;
    private static final Kind[] KINDS = {Kind.CREATED, Kind.UPDATED, Kind.REMOVED, Kind.EXPIRED, Kind.UPDATED};
    private static final int REPLACED = 5;

    private final Kind kind;
    private final byte[] key;
    private final byte @Nullable [] stored;
    private final byte @Nullable [] previous;
    private final boolean replaces;

    private Message(int kind, byte[] key, byte @Nullable [] stored, byte @Nullable [] previous) {
        this.kind = KINDS[kind - 1];
        this.replaces = kind == REPLACED;
        this.key = key;
        this.stored = stored;
        this.previous = previous;
    }

    /** Returns what messages of a change begin with. */
    static byte[] start(long origin) {
        return ByteBuffer.allocate(KIND_AT).put(VERSION).putLong(origin).array();
    }

    /** Whether bytes begin as the messages of an origin do. */
    static boolean isFrom(byte[] start, byte[] bytes) {
        return bytes.length >= start.length && Arrays.equals(start, 0, start.length, bytes, 0, start.length);
    }

    /** Returns the message that these bytes are, or null. */
    static @Nullable Message of(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || bytes[0] != VERSION) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int kind = bytes[KIND_AT];
        long key = Integer.toUnsignedLong(buffer.getInt(LENGTHS_AT));
        long stored = Integer.toUnsignedLong(buffer.getInt(LENGTHS_AT + Integer.BYTES));
        long previous = Integer.toUnsignedLong(buffer.getInt(LENGTHS_AT + 2 * Integer.BYTES));
        // before anything is copied: all three together are what is there, and so none is longer
        if (kind < 1 || kind > KINDS.length || HEADER_BYTES + key + stored + previous != bytes.length) {
            return null;
        }
        buffer.position(HEADER_BYTES);
        byte[] keyBytes = next(buffer, key);
        return new Message(kind, keyBytes, optional(buffer, stored), optional(buffer, previous));
    }

    private static byte @Nullable [] optional(ByteBuffer buffer, long length) {
        return length == 0 ? null : next(buffer, length);
    }

    private static byte[] next(ByteBuffer buffer, long length) {
        byte[] part = new byte[(int) length];
        buffer.get(part);
        return part;
    }

    /** Returns what happened. */
    public Kind kind() {
        return kind;
    }

    /** Returns the key on the server. */
    public byte[] key() {
        return key;
    }

    /** Returns what was stored at the key, or null. */
    public byte @Nullable [] stored() {
        return stored;
    }

    /** Returns what had been stored there, with or without what stands before a frame; or null. */
    public byte @Nullable [] previous() {
        return previous;
    }

    /** Whether the change was taken back if what had been stored there cannot be read. */
    public boolean replaces() {
        return replaces;
    }
}
