package dev.larder.codec.table;

import dev.larder.codec.KeyForm;
import dev.larder.codec.ValueCodec;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can stand in self-describing bytes: the rows that are always there, and the classes that a user allowed
 * under a name. Whatever is not in here is neither written nor read. Immutable.
 */
final class NameTable {

    /** A HashMap, because the maps of {@code Map.of} find a class more slowly, and every key and value is looked up. */
    private static final Map<Class<?>, Row<?>> ROWS = rows();

    private static final @Nullable Row<?>[] ROWS_BY_TAG = rowsByTag();
    private static final Row<String> UNPAIRED = TextRows.unpaired();
    private static final Row<ZoneId> REGION = TimeRows.region();

    private final Map<Class<?>, Named> namedByClass;
    private final Map<String, Named> namedByName = new HashMap<>();
    private final @Nullable KeyForm<?> keyForm;

    NameTable(Map<Class<?>, Named> named, @Nullable KeyForm<?> keyForm) {
        this.namedByClass = Map.copyOf(named);
        this.keyForm = keyForm;
        named.values().forEach(one -> namedByName.put(one.name(), one));
    }

    /**
     * A class that was allowed.
     *
     * @param name what stands for it in the bytes
     * @param codec what its values are written with
     */
    record Named(String name, ValueCodec<Object> codec) {}

    /** Returns the row for a value that contains no others, or null if there is none. */
    static @Nullable Row<?> rowOf(Object value) {
        Row<?> row = ROWS.get(value.getClass());
        if (row != null) {
            return value instanceof String text && !ByteSink.isUnicode(text) ? UNPAIRED : row;
        }
        return value instanceof ZoneId zone && !(zone instanceof ZoneOffset) ? REGION : null;
    }

    /** Returns the row of a tag, or null if there is none. */
    static @Nullable Row<?> rowOf(int tag) {
        return tag < ROWS_BY_TAG.length ? ROWS_BY_TAG[tag] : null;
    }

    /** Returns the classes that have a row. */
    static Set<Class<?>> classesWithRow() {
        return Collections.unmodifiableSet(ROWS.keySet());
    }

    /** Returns what a class was allowed as, or null. */
    @Nullable
    Named named(Class<?> type) {
        Class<?> declared = Enum.class.isAssignableFrom(type) && !type.isEnum() ? type.getSuperclass() : type;
        return namedByClass.get(declared); // a constant with a body has a class of its own
    }

    /** Returns the class that was allowed under a name, or null. */
    @Nullable
    Named named(String name) {
        return namedByName.get(name);
    }

    /** Returns the form of keys of which this is one, or null. */
    @SuppressWarnings("unchecked") // of this class
    @Nullable
    KeyForm<Object> keyForm(Object value) {
        return keyForm != null && keyForm.type() == value.getClass() ? (KeyForm<Object>) keyForm : null;
    }

    /** Returns the form of keys that are their parts, or null if there is none. */
    @Nullable
    KeyForm<?> keyForm() {
        return keyForm;
    }

    boolean hasNames() {
        return !namedByClass.isEmpty();
    }

    private static Map<Class<?>, Row<?>> rows() {
        List<Row<?>> all = new ArrayList<>();
        all.addAll(NumberRows.all());
        all.addAll(TextRows.all());
        all.addAll(TimeRows.all());
        all.addAll(ArrayRows.all());
        Map<Class<?>, Row<?>> rows = new HashMap<>();
        all.forEach(row -> rows.put(row.type(), row));
        return rows;
    }

    private static @Nullable Row<?>[] rowsByTag() {
        @Nullable Row<?>[] byTag = new Row<?>[64];
        ROWS.values().forEach(row -> byTag[row.tag()] = row);
        byTag[TextRows.unpaired().tag()] = TextRows.unpaired();
        byTag[TimeRows.region().tag()] = TimeRows.region();
        return byTag;
    }
}
