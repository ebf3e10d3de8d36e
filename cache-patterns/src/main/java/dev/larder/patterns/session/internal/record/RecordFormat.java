package dev.larder.patterns.session.internal.record;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of what is stored at a session's key. A session that began on 2026-11-27 at 12:00 UTC, with the attribute {@code a} of two
 * octets and the value {@code ann} in the index {@code user}:
 *
 * <pre>
 *     4C 53                      "LS"
 *     01                         the first format
 *     01                         1 a session, 2 one that is being moved here, 3 a tombstone
 *     07                         version 7
 *     00 00 01 A2 1C E0 6E 00    created
 *     00 00 01 A2 1C E0 6E 00    accessed
 *     C0 EE 6D                   idle timeout in milliseconds, 0 for none: 30 minutes
 *     7F FF FF FF FF FF FF FF    absolute deadline: none
 *     00 00 01 A2 1C E0 6E 00    when it was given its id
 *     00 00 01 A2 1C E0 6E 00    when its indexes were told
 *     01                         one index
 *     04 75 73 65 72             "user"
 *     03 61 6E 6E                "ann"
 *     01                         one attribute
 *     01 61                      "a"
 *     02 CA FE                   its octets
 *     xx xx xx xx                CRC-32C of all before
 * </pre>
 *
 * <p>Lengths, counts and durations are numbers of seven bits an octet, the lowest first, the highest bit saying that more follow. A tombstone is, behind its 3, the moment until which
 * it stands, the moment until which it is followed, and the successor's key, which is empty if there is none.
 */
public final class RecordFormat {

    private static final int MAGIC = 0x4C53;
    private static final int FORMAT = 1;
    private static final int SESSION = 1;
    private static final int PENDING = 2;
    private static final int TOMBSTONE = 3;
    private static final int CHECKSUM_BYTES = 4;

    private RecordFormat() {}

    /** Writes it. */
    public static byte[] encode(Stored stored) {
        ByteWriter writer = new ByteWriter();
        writer.octet(MAGIC >> 8);
        writer.octet(MAGIC);
        writer.octet(FORMAT);
        if (stored instanceof SessionRecord session) {
            write(session, writer);
        } else if (stored instanceof Tombstone tombstone) {
            write(tombstone, writer);
        }
        return sealed(writer.toByteArray());
    }

    /** Returns a body with its checksum behind. */
    static byte[] sealed(byte[] body) {
        return ByteBuffer.allocate(body.length + CHECKSUM_BYTES)
                .put(body)
                .putInt(checksum(body, body.length))
                .array();
    }

    /**
     * Reads it.
     *
     * @throws DamagedBytesException if the bytes are not of this format
     */
    public static Stored decode(byte[] bytes) throws DamagedBytesException {
        int length = bytes.length - CHECKSUM_BYTES;
        ByteReader reader = new ByteReader(bytes, Math.max(0, length));
        if ((reader.octet() << 8 | reader.octet()) != MAGIC) {
            throw new DamagedBytesException("this is no session");
        }
        if (reader.octet() != FORMAT) {
            throw new DamagedBytesException("a format of another release");
        }
        if (ByteBuffer.wrap(bytes, length, CHECKSUM_BYTES).getInt() != checksum(bytes, length)) {
            throw new DamagedBytesException("the checksum is wrong");
        }
        Stored stored = body(reader);
        reader.end();
        return stored;
    }

    private static void write(SessionRecord session, ByteWriter writer) {
        Times times = session.times();
        writer.octet(session.isPending() ? PENDING : SESSION);
        writer.number(session.version());
        writer.moment(times.created());
        writer.moment(times.accessed());
        writer.number(Math.max(0, times.idle()));
        writer.moment(times.ends());
        writer.moment(times.renewed());
        writer.moment(times.indexed());
        writer.number(session.indexes().size());
        session.indexes().forEach((name, value) -> {
            writer.text(name);
            writer.text(value);
        });
        writer.number(session.attributes().size());
        session.attributes().forEach((name, value) -> {
            writer.text(name);
            writer.block(value);
        });
    }

    private static void write(Tombstone tombstone, ByteWriter writer) {
        writer.octet(TOMBSTONE);
        writer.moment(tombstone.deadlineMillis());
        writer.moment(tombstone.followedUntilMillis());
        writer.text(tombstone.successor() == null ? "" : tombstone.successor());
    }

    private static Stored body(ByteReader reader) throws DamagedBytesException {
        int kind = reader.octet();
        return switch (kind) {
            case SESSION, PENDING -> session(kind == PENDING, reader);
            case TOMBSTONE -> new Tombstone(reader.moment(), reader.moment(), emptyToNull(reader.text()));
            default -> throw new DamagedBytesException("a kind of another release");
        };
    }

    private static SessionRecord session(boolean isPending, ByteReader reader) throws DamagedBytesException {
        long version = reader.number();
        Times times = new Times(
                reader.moment(), reader.moment(), reader.number(), reader.moment(), reader.moment(), reader.moment());
        Map<String, String> indexes = new LinkedHashMap<>();
        for (int left = reader.count(); left > 0; left--) {
            indexes.put(reader.text(), reader.text());
        }
        Map<String, byte[]> attributes = new LinkedHashMap<>();
        for (int left = reader.count(); left > 0; left--) {
            attributes.put(reader.text(), reader.block());
        }
        return new SessionRecord(isPending, version, times, indexes, attributes);
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }
}
