package dev.larder.patterns.session;

import dev.larder.patterns.session.internal.record.ByteReader;
import dev.larder.patterns.session.internal.record.ByteWriter;
import dev.larder.patterns.session.internal.record.DamagedBytesException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes values behind a number that says what they are. The numbers are a closed table, and names behind them stand for classes in another; bytes choose among these and can ask for nothing else. {@code List.of("a", 7)}
 * is
 *
 * <pre>
 *     04          a list
 *     02          of two
 *     10 01 61    a string of one octet, "a"
 *     15 01 37    an Integer, "7"
 * </pre>
 */
final class TableCodec implements AttributeCodec {

    static final int NULL = 1;
    static final int OCTETS = 2;

    /** A string that UTF-8 cannot express. */
    static final int UTF_16 = 3;

    static final int LIST = 4;
    static final int SET = 5;
    static final int SORTED_SET = 6;
    static final int MAP = 7;
    static final int SORTED_MAP = 8;

    /** A name, and what {@link OtherValues} made of the value. */
    static final int NAMED = 9;

    static final int MOST_DEPTH = 32;

    private final OtherValues others;

    TableCodec(OtherValues others) {
        this.others = others;
    }

    @Override
    public byte[] encode(String name, Object value) {
        ByteWriter writer = new ByteWriter();
        write(value, writer, MOST_DEPTH);
        return writer.toByteArray();
    }

    @Override
    public Object decode(String name, byte[] bytes) throws UnreadableAttributeException {
        ByteReader reader = new ByteReader(bytes);
        try {
            Object value = new TableReader(reader, others).read(MOST_DEPTH);
            reader.end();
            if (value == null) {
                throw new UnreadableAttributeException("a null, which is no attribute");
            }
            return value;
        } catch (DamagedBytesException e) {
            throw new UnreadableAttributeException("damaged bytes: " + e.getMessage());
        }
    }

    private void write(@Nullable Object value, ByteWriter writer, int depth) {
        if (depth == 0) {
            throw new IllegalArgumentException(
                    "collections are inside one another more than " + MOST_DEPTH + " times, or within themselves");
        }
        PlainText<Object> plain = value == null ? null : PlainText.of(value);
        if (value == null) {
            writer.octet(NULL);
        } else if (plain != null) {
            writeText(plain, value, writer);
        } else if (value instanceof byte[] octets) {
            writer.octet(OCTETS);
            writer.block(octets);
        } else if (others.takesCollections() || !writeContainer(value, writer, depth - 1)) {
            writer.octet(NAMED);
            writer.text(others.nameOf(value));
            writer.block(others.write(value));
        }
    }

    private static void writeText(PlainText<Object> plain, Object value, ByteWriter writer) {
        String text = plain.text().apply(value);
        if (value instanceof String && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            writer.octet(UTF_16);
            writer.block(octetsOf(text));
        } else {
            writer.octet(plain.tag());
            writer.text(text);
        }
    }

    private static byte[] octetsOf(String text) {
        ByteBuffer octets = ByteBuffer.allocate(Character.BYTES * text.length());
        octets.asCharBuffer().put(text);
        return octets.array();
    }

    private boolean writeContainer(Object value, ByteWriter writer, int depth) {
        if (value instanceof List<?> list) {
            writeAll(LIST, list, writer, depth);
        } else if (value instanceof SortedSet<?> set) {
            requireNaturalOrder(set.comparator());
            writeAll(SORTED_SET, set, writer, depth);
        } else if (value instanceof Set<?> set) {
            writeAll(SET, set, writer, depth);
        } else if (value instanceof SortedMap<?, ?> map) {
            requireNaturalOrder(map.comparator());
            writeAll(SORTED_MAP, map, writer, depth);
        } else if (value instanceof Map<?, ?> map) {
            writeAll(MAP, map, writer, depth);
        } else {
            return false;
        }
        return true;
    }

    private void writeAll(int tag, Collection<?> elements, ByteWriter writer, int depth) {
        writer.octet(tag);
        writer.number(elements.size());
        elements.forEach(element -> write(element, writer, depth));
    }

    private void writeAll(int tag, Map<?, ?> map, ByteWriter writer, int depth) {
        writer.octet(tag);
        writer.number(map.size());
        map.forEach((key, value) -> {
            write(key, writer, depth);
            write(value, writer, depth);
        });
    }

    private static void requireNaturalOrder(@Nullable Object comparator) {
        if (comparator != null) {
            throw new IllegalArgumentException("a sorted collection with a comparator cannot be written;"
                    + " use one in natural order, or a list");
        }
    }
}
