package dev.larder.codec.frame;

import dev.larder.codec.UnreadableReason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A value's bytes with what must be known before they are decoded. 22 bytes of header, numbers big-endian:
 *
 * <pre>
 *     offset  length
 *      0       2     magic, 4C A7: an L and a byte that cannot follow it in UTF-8, so no text begins like this
 *      2       1     format, 1
 *      3       1     flags: 1 compressed, 2 encrypted
 *      4       2     id of the codec
 *      6       4     fingerprint of the declared type
 *     10       8     version of the entry
 *     18       4     CRC-32C of the key, then bytes 0 to 17, then the payload
 *     22             payload
 * </pre>
 *
 * <p>The Integer 7 in a cache without declared types, with version 1, under a key that encodes to the byte 6B:
 *
 * <pre>
 *     4C A7  01  00  00 01  1F 0B BD 53  00 00 00 00 00 00 00 01  28 04 F2 57  0C 0E
 * </pre>
 *
 * <p>The checksum covers everything, the header because a flipped version would be another entry, and the key because
 * a value that was delivered for another key (answers mixed up on a connection, a file that moved) is no better than a
 * broken one. It is there for accidents; who writes on purpose writes a right one, and is stopped by encryption alone.
 *
 * <p>A store that keeps things of its own between frames, a lease say, begins them with another magic. Immutable as long
 * as nobody changes the payload.
 */
public final class Frame implements FrameReading {

    /** Bytes before the payload. */
    public static final int HEADER_BYTES = 22;

    static final int COMPRESSED = 1;
    static final int ENCRYPTED = 2;

    private static final int KNOWN_FLAGS = COMPRESSED | ENCRYPTED;
    private static final short MAGIC = 0x4CA7;
    private static final byte FORMAT = 1;
    private static final int CHECKSUM_AT = 18;

    private final int flags;
    private final int codecId;
    private final int fingerprint;
    private final long version;
    private final byte[] bytes;
    private final int from;

    Frame(int flags, int codecId, int fingerprint, long version, byte[] payload) {
        this(flags, codecId, fingerprint, version, payload, 0);
    }

    /** Creates a frame whose payload are these bytes from there to the end. */
    private Frame(int flags, int codecId, int fingerprint, long version, byte[] bytes, int from) {
        this.flags = flags;
        this.codecId = codecId;
        this.fingerprint = fingerprint;
        this.version = version;
        this.bytes = bytes;
        this.from = from;
    }

    /**
     * Takes bytes from a store apart.
     *
     * @param key the encoded key that they were found under
     * @return the frame, or why there is none
     */
    public static FrameReading read(byte[] key, byte[] bytes) {
        FrameReading header = readHeader(bytes);
        if (!(header instanceof Frame)) {
            return header;
        }
        return ByteBuffer.wrap(bytes).getInt(CHECKSUM_AT) == checksum(key, bytes)
                ? header
                : FrameReading.unreadable(UnreadableReason.DAMAGED);
    }

    /** Takes a header apart, whatever its checksum, with as much of the payload as there is. */
    static FrameReading readHeader(byte[] bytes) {
        if (bytes.length < HEADER_BYTES) {
            return FrameReading.unreadable(UnreadableReason.FOREIGN);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.getShort() != MAGIC) {
            return FrameReading.unreadable(UnreadableReason.FOREIGN);
        }
        byte format = buffer.get();
        int flags = buffer.get();
        if (format != FORMAT || (flags & ~KNOWN_FLAGS) != 0) {
            return FrameReading.unreadable(UnreadableReason.NEWER);
        }
        return readRest(flags, buffer, bytes);
    }

    private static Frame readRest(int flags, ByteBuffer buffer, byte[] bytes) {
        int codecId = Short.toUnsignedInt(buffer.getShort());
        int fingerprint = buffer.getInt();
        long version = buffer.getLong();
        return new Frame(flags, codecId, fingerprint, version, bytes, HEADER_BYTES);
    }

    /** Returns the bytes to store under an encoded key. */
    public byte[] toBytes(byte[] key) {
        byte[] framed = new byte[HEADER_BYTES + payloadBytes()];
        ByteBuffer buffer = ByteBuffer.wrap(framed).put(header());
        buffer.put(HEADER_BYTES, bytes, from, payloadBytes());
        return buffer.putInt(CHECKSUM_AT, checksum(key, framed)).array();
    }

    /** Returns what frames of a codec and a type begin with, and the flags that all of them have. */
    static byte[] signature(int codecId, int fingerprint, boolean isEncrypted) {
        return ByteBuffer.allocate(10)
                .putShort(MAGIC)
                .put(FORMAT)
                .putShort((short) codecId)
                .putInt(fingerprint)
                .put((byte) (isEncrypted ? ENCRYPTED : 0))
                .array();
    }

    /** Returns the header without its checksum: what encryption binds the payload to. */
    byte[] header() {
        return ByteBuffer.allocate(CHECKSUM_AT)
                .putShort(MAGIC)
                .put(FORMAT)
                .put((byte) flags)
                .putShort((short) codecId)
                .putInt(fingerprint)
                .putLong(version)
                .array();
    }

    /** Returns this frame around another form of its payload. */
    Frame withPayload(byte[] newPayload) {
        return new Frame(flags, codecId, fingerprint, version, newPayload);
    }

    /** Whether the payload was compressed, before it was encrypted if it was that, too. */
    public boolean isCompressed() {
        return (flags & COMPRESSED) != 0;
    }

    /** Whether the payload is encrypted. */
    public boolean isEncrypted() {
        return (flags & ENCRYPTED) != 0;
    }

    /** Returns the id of the codec that made the payload. */
    public int codecId() {
        return codecId;
    }

    /** Returns the fingerprint of the type that the payload was written for. */
    public int fingerprint() {
        return fingerprint;
    }

    /** Returns the version of the entry. */
    public long version() {
        return version;
    }

    /** Returns the payload, compressed and encrypted as it may be; not to be changed. */
    public byte[] payload() {
        return from == 0 ? bytes : Arrays.copyOfRange(bytes, from, bytes.length);
    }

    /** Returns how long it is. */
    int payloadBytes() {
        return bytes.length - from;
    }

    /** Returns the bytes that end with the payload. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns where among {@link #bytes} the payload begins. */
    int from() {
        return from;
    }

    private static int checksum(byte[] key, byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(key);
        crc.update(bytes, 0, CHECKSUM_AT);
        crc.update(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
        return (int) crc.getValue();
    }
}
