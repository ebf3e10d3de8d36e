package dev.larder.codec.table;

import dev.larder.codec.KeyForm;
import dev.larder.codec.UndecodableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads one value. For one thread. */
final class TableReader {

    private final NameTable table;
    private final int maxDepth;
    private final ByteSource source;
    private int depth;

    TableReader(NameTable table, int maxDepth, byte[] bytes, int from) {
        this.table = table;
        this.maxDepth = maxDepth;
        this.source = new ByteSource(bytes, from);
    }

    Object readOnly() {
        Object value = read();
        source.requireEnd();
        if (value == null) {
            throw new UndecodableException("null, which is no value of a cache");
        }
        return value;
    }

    private @Nullable Object read() {
        int tag = source.octet();
        if (tag == Tags.NULL) {
            return null;
        }
        Row<?> row = NameTable.rowOf(tag);
        return row == null ? readOther(tag) : row.read(source);
    }

    private Object readOther(int tag) {
        if (++depth > maxDepth) {
            throw UndecodableException.tooLarge("nested more than " + maxDepth + " levels deep");
        }
        Object value = switch (tag) {
            case Tags.NAMED -> readNamed();
            case Tags.OPTIONAL_EMPTY -> Optional.empty();
            case Tags.OPTIONAL -> readOptional();
            case Tags.KEY_OF_PARTS -> readKeyOfParts();
            case Tags.STRING_ARRAY -> readList().toArray(new String[0]);
            case Tags.OBJECT_ARRAY -> readList().toArray();
            case Tags.LIST -> readList();
            case Tags.SET -> readSet(HashSet::new);
            case Tags.LINKED_SET -> readSet(LinkedHashSet::new);
            case Tags.SORTED_SET -> readSet(capacity -> new TreeSet<>());
            case Tags.MAP -> readMap(HashMap::new);
            case Tags.LINKED_MAP -> readMap(LinkedHashMap::new);
            case Tags.SORTED_MAP -> readMap(capacity -> new TreeMap<>());
            default -> throw new UndecodableException("a tag that is not in the table: " + tag);
        };
        depth--;
        return value;
    }

    /** A name chooses among the codecs that were allowed, and does nothing else. */
    private Object readNamed() {
        NameTable.Named named = table.named(source.text());
        if (named == null) {
            throw new UndecodableException("a name that is not in the table");
        }
        return named.codec().decode(source.bytes());
    }

    private Object readKeyOfParts() {
        KeyForm<?> form = table.keyForm();
        if (form == null) {
            throw new UndecodableException("a key of parts, of which nobody here knows the form");
        }
        return form.of(readList().toArray());
    }

    private Optional<Object> readOptional() {
        Object value = read();
        if (value == null) {
            throw new UndecodableException("an Optional of null");
        }
        return Optional.of(value);
    }

    private List<@Nullable Object> readList() {
        int count = source.count();
        List<@Nullable Object> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(read());
        }
        return list;
    }

    private Set<@Nullable Object> readSet(IntFunction<Set<@Nullable Object>> ofCapacity) {
        int count = source.count();
        Set<@Nullable Object> set = ofCapacity.apply(Containers.capacityFor(count));
        for (int i = 0; i < count; i++) {
            if (!set.add(read())) {
                throw new UndecodableException("a set with the same element twice");
            }
        }
        return set;
    }

    private Map<@Nullable Object, @Nullable Object> readMap(
            IntFunction<Map<@Nullable Object, @Nullable Object>> ofCapacity) {
        int count = source.count();
        Map<@Nullable Object, @Nullable Object> map = ofCapacity.apply(Containers.capacityFor(count));
        for (int i = 0; i < count; i++) {
            map.put(read(), read());
        }
        if (map.size() != count) {
            throw new UndecodableException("a map with the same key twice");
        }
        return map;
    }
}
