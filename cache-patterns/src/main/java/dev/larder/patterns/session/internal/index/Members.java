package dev.larder.patterns.session.internal.index;

import dev.larder.patterns.session.internal.record.ByteReader;
import dev.larder.patterns.session.internal.record.ByteWriter;
import dev.larder.patterns.session.internal.record.DamagedBytesException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that have one value of an index, those added first first. As bytes, for one session:
 *
 * <pre>
 *     4C 58                      "LX"
 *     01                         the first format
 *     01                         one session
 *     xx * 32                    its key, a SHA-256
 *     00 00 01 A2 1C E0 6E 00    since when it has the value
 *     00 00 01 A2 1D 17 5C 80    when it is over at the latest
 * </pre>
 *
 * <p>What cannot be read is taken for no sessions.
 */
public final class Members {

    private static final int MAGIC = 0x4C58;
    private static final int FORMAT = 1;
    private static final int KEY_BYTES = 32;

    private Members() {}

    /** Reads them. */
    public static List<Member> decode(byte @Nullable [] bytes) {
        try {
            return bytes == null ? List.of() : decode(new ByteReader(bytes));
        } catch (DamagedBytesException e) {
            return List.of();
        }
    }

    private static List<Member> decode(ByteReader reader) throws DamagedBytesException {
        if ((reader.octet() << 8 | reader.octet()) != MAGIC || reader.octet() != FORMAT) {
            throw new DamagedBytesException("these are no members of an index");
        }
        List<Member> members = new ArrayList<>();
        for (int left = reader.count(); left > 0; left--) {
            String key = Base64.getUrlEncoder().withoutPadding().encodeToString(reader.fixed(KEY_BYTES));
            members.add(new Member(key, reader.moment(), reader.moment()));
        }
        reader.end();
        return members;
    }

    /** Writes them. */
    public static byte[] encode(List<Member> members) {
        ByteWriter writer = new ByteWriter();
        writer.octet(MAGIC >> 8);
        writer.octet(MAGIC);
        writer.octet(FORMAT);
        writer.number(members.size());
        for (Member member : members) {
            writer.fixed(Base64.getUrlDecoder().decode(member.key()));
            writer.moment(member.added());
            writer.moment(member.until());
        }
        return writer.toByteArray();
    }
}
