package dev.larder.patterns.session;

import dev.larder.patterns.session.internal.record.ByteReader;
import dev.larder.patterns.session.internal.record.DamagedBytesException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what {@link TableCodec} writes. */
record TableReader(ByteReader reader, OtherValues others) {

    @Nullable
    Object read(int depth) throws DamagedBytesException, UnreadableAttributeException {
        if (depth == 0) {
            throw new DamagedBytesException("too deep");
        }
        int tag = reader.octet();
        return switch (tag) {
            case TableCodec.NULL -> null;
            case TableCodec.OCTETS -> reader.block();
            case TableCodec.UTF_16 ->
                ByteBuffer.wrap(reader.block()).asCharBuffer().toString();
            case TableCodec.LIST -> readAll(new ArrayList<>(), depth - 1);
            case TableCodec.SET -> readAll(new LinkedHashSet<>(), depth - 1);
            case TableCodec.SORTED_SET -> readAll(new TreeSet<>(), depth - 1);
            case TableCodec.MAP -> readAll(new LinkedHashMap<>(), depth - 1);
            case TableCodec.SORTED_MAP -> readAll(new TreeMap<>(), depth - 1);
            case TableCodec.NAMED -> others.read(reader.text(), reader.block());
            default -> readText(tag);
        };
    }

    private Object readText(int tag) throws DamagedBytesException {
        PlainText<?> plain = PlainText.of(tag);
        if (plain == null) {
            throw new DamagedBytesException("a kind of value of another release");
        }
        return plain.parse().apply(reader.text());
    }

    private Object readAll(Collection<@Nullable Object> into, int depth)
            throws DamagedBytesException, UnreadableAttributeException {
        for (int left = reader.count(); left > 0; left--) {
            into.add(read(depth));
        }
        return into;
    }

    private Object readAll(Map<@Nullable Object, @Nullable Object> into, int depth)
            throws DamagedBytesException, UnreadableAttributeException {
        for (int left = reader.count(); left > 0; left--) {
            into.put(read(depth), read(depth));
        }
        return into;
    }
}
