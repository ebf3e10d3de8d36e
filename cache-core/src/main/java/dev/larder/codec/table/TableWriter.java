package dev.larder.codec.table;

import dev.larder.codec.CodecException;
import dev.larder.codec.CodecLimits;
import dev.larder.codec.KeyForm;
import dev.larder.codec.Unordered;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes one value. When it writes keys it is <em>canonical</em>: equal values make equal bytes, and what cannot keep
 * that promise is refused. For one thread.
 */
final class TableWriter {

    private final NameTable table;
    private final CodecLimits limits;
    private final boolean canonical;
    private final ByteSink sink;
    private int depth;

    /** @param prefix what comes before the value, and counts for no limit */
    TableWriter(NameTable table, CodecLimits limits, boolean canonical, byte[] prefix) {
        this(table, limits, canonical, new ByteSink(limitAfter(prefix, limits)).raw(prefix), 0);
    }

    private TableWriter(NameTable table, CodecLimits limits, boolean canonical, ByteSink sink, int depth) {
        this.table = table;
        this.limits = limits;
        this.canonical = canonical;
        this.sink = sink;
        this.depth = depth;
    }

    private static int limitAfter(byte[] prefix, CodecLimits limits) {
        return (int) Math.min(Integer.MAX_VALUE, (long) prefix.length + limits.maxValueBytes());
    }

    byte[] toByteArray() {
        return sink.toByteArray();
    }

    void write(@Nullable Object value) {
        if (value == null) {
            sink.octet(Tags.NULL);
            return;
        }
        Row<?> row = NameTable.rowOf(value);
        if (row == null) {
            writeOther(value);
        } else {
            requireCanonical(value);
            row.write(sink, value);
        }
    }

    private void writeOther(Object value) {
        if (++depth > limits.maxDepth()) {
            throw new CodecException("the value is nested more than " + limits.maxDepth()
                    + " levels deep, or contains itself; raise maxDepth or store less");
        }
        NameTable.Named named = table.named(value.getClass());
        KeyForm<Object> form = table.keyForm(value);
        if (form != null) {
            writeKeyOfParts(form.partsOf(value));
        } else if (named != null) {
            sink.octet(Tags.NAMED).text(named.name()).bytes(named.codec().encode(value));
        } else if (value instanceof Optional<?> optional) {
            writeOptional(optional);
        } else if (value instanceof Object[] array) {
            writeArray(array);
        } else if (Containers.isKnown(value)) {
            writeContainer(value);
        } else {
            throw notAllowed(value.getClass());
        }
        depth--;
    }

    private void writeKeyOfParts(@Nullable Object[] parts) {
        sink.octet(Tags.KEY_OF_PARTS).varint(parts.length);
        for (int i = 0; i < parts.length; i++) {
            writePart(i, parts[i]);
        }
    }

    private void writePart(int index, @Nullable Object part) {
        try {
            write(part);
        } catch (CodecException failure) {
            throw new CodecException(
                    "part " + (index + 1) + " of the key: " + failure.getMessage(), failure.getCause());
        }
    }

    private void writeOptional(Optional<?> optional) {
        if (optional.isPresent()) {
            sink.octet(Tags.OPTIONAL);
            write(optional.get());
        } else {
            sink.octet(Tags.OPTIONAL_EMPTY);
        }
    }

    private void writeArray(Object[] array) {
        if (array.getClass() != Object[].class && array.getClass() != String[].class) {
            throw new CodecException("an array of class " + array.getClass().getTypeName()
                    + " has no place in self-describing bytes; store a list");
        }
        writeAll(array instanceof String[] ? Tags.STRING_ARRAY : Tags.OBJECT_ARRAY, Arrays.asList(array));
    }

    private void writeContainer(Object container) {
        if (container instanceof List<?> list) {
            writeAll(Tags.LIST, list);
        } else if (container instanceof Set<?> set) {
            writeSet(set);
        } else {
            writeMap((Map<?, ?>) container);
        }
    }

    private void writeSet(Set<?> set) {
        if (canonical || Unordered.is(set)) {
            writeSorted(Tags.SET, sortedBytesOf(set));
        } else if (set instanceof SortedSet<?> sorted) {
            requireNaturalOrder(sorted.comparator(), set);
            writeAll(Tags.SORTED_SET, set);
        } else {
            writeAll(Tags.LINKED_SET, set);
        }
    }

    private void writeMap(Map<?, ?> map) {
        if (canonical || Unordered.is(map)) {
            writeSorted(Tags.MAP, sortedBytesOf(map));
        } else if (map instanceof SortedMap<?, ?> sorted) {
            requireNaturalOrder(sorted.comparator(), map);
            writePairs(Tags.SORTED_MAP, map);
        } else {
            writePairs(Tags.LINKED_MAP, map);
        }
    }

    private void writeAll(int tag, Collection<?> elements) {
        Object[] snapshot = elements.toArray(); // a concurrent collection must not change between count and content
        sink.octet(tag).varint(snapshot.length);
        for (Object element : snapshot) {
            write(element);
        }
    }

    private void writePairs(int tag, Map<?, ?> map) {
        List<? extends Map.Entry<?, ?>> snapshot = List.copyOf(map.entrySet());
        sink.octet(tag).varint(snapshot.size());
        for (Map.Entry<?, ?> entry : snapshot) {
            write(entry.getKey());
            write(entry.getValue());
        }
    }

    private void writeSorted(int tag, SortedMap<byte[], byte[]> sorted) {
        sink.octet(tag).varint(sorted.size());
        sorted.forEach((key, value) -> sink.raw(key).raw(value));
    }

    private SortedMap<byte[], byte[]> sortedBytesOf(Set<?> set) {
        SortedMap<byte[], byte[]> sorted = new TreeMap<>(Arrays::compareUnsigned);
        for (Object element : set) {
            putOnce(sorted, bytesOf(element), new byte[0]);
        }
        return sorted;
    }

    private SortedMap<byte[], byte[]> sortedBytesOf(Map<?, ?> map) {
        SortedMap<byte[], byte[]> sorted = new TreeMap<>(Arrays::compareUnsigned);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            putOnce(sorted, bytesOf(entry.getKey()), bytesOf(entry.getValue()));
        }
        return sorted;
    }

    private static void putOnce(SortedMap<byte[], byte[]> sorted, byte[] key, byte[] value) {
        if (sorted.put(key, value) != null) {
            throw new CodecException("two elements of a set or keys of a map differ, but not in their bytes: a class in"
                    + " \"allow\" does not write all that its equals compares");
        }
    }

    private byte[] bytesOf(@Nullable Object element) {
        TableWriter writer = new TableWriter(table, limits, canonical, new ByteSink(limits.maxValueBytes()), depth);
        writer.write(element);
        return writer.toByteArray();
    }

    private void requireCanonical(Object value) {
        if (canonical && value instanceof URI) {
            throw new CodecException("a java.net.URI is no key: equal ones can differ in letter case; use its text");
        }
    }

    private static void requireNaturalOrder(@Nullable Object comparator, Object container) {
        if (comparator != null) {
            throw new CodecException("a " + container.getClass().getName()
                    + " with a comparator cannot be stored, because the comparator cannot; copy it into a linked "
                    + Containers.nameOf(container));
        }
    }

    private static CodecException notAllowed(Class<?> type) {
        return new CodecException(
                "class " + type.getName() + " is not one that self-describing bytes can hold; add it to"
                        + " \"allow\", or declare the types of the cache");
    }
}
