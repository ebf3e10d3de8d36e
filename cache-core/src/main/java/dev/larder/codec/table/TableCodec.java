package dev.larder.codec.table;

import dev.larder.codec.CodecLimits;
import dev.larder.codec.KeyForm;
import dev.larder.codec.UndecodableException;
import dev.larder.codec.ValueCodec;
import dev.larder.codec.ValueType;
import dev.larder.codec.jackson.JacksonCodec;
import dev.larder.codec.table.NameTable.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JacksonModule;

/**
 * The self-describing codec: each value begins with a number that says what it is, so no type need be declared.
 *
 * <p>The numbers are a closed table: strings, boxes, {@code BigInteger} and {@code BigDecimal}, {@code java.time},
 * {@code Date}, {@code UUID}, {@code URI}, {@code Locale}, {@code Currency}, {@code Optional}, arrays of primitives, of
 * {@code String} and of {@code Object}, and the JDK's lists, sets and maps of all these, also inside one another. A class
 * of the user's must be allowed, and is then written as JSON behind a name; any other is a
 * {@link dev.larder.codec.CodecException} when it is put. Bytes choose among what is in the table and can name nothing else. {@code Map.of("a", 1)} is
 *
 * <pre>
 *     44        68, a map
 *     01        of one entry
 *     14 01 61  20, text, of one byte, "a"
 *     0C 02     12, an Integer, 1 (small numbers of either sign are short: 0, -1, 1, -2 are 0, 1, 2, 3)
 * </pre>
 *
 * <p>Lists come back as {@code ArrayList}, sets and maps as the hashed, linked or sorted ones of the JDK, according to
 * the order that they kept. Those without an order are written in the order of their bytes, so equal ones have equal
 * bytes; those with one keep it, and have equal bytes if the order is the same.
 *
 * @param <V> the type of the values
 */
public final class TableCodec<V> implements ValueCodec<V> {

    /** The number of this format. */
    public static final int ID = 1;

    private static final byte[] NO_PREFIX = new byte[0];

    /** Declared types that need no codec of their own, because whatever the table makes of their values is one. */
    private static final Set<Class<?>> GENERAL = Set.of(
            Object.class,
            Serializable.class,
            Comparable.class,
            CharSequence.class,
            Number.class,
            Optional.class,
            Object[].class,
            String[].class,
            Iterable.class,
            Collection.class,
            List.class,
            ArrayList.class,
            Set.class,
            SortedSet.class,
            NavigableSet.class,
            HashSet.class,
            LinkedHashSet.class,
            TreeSet.class,
            Map.class,
            SortedMap.class,
            NavigableMap.class,
            HashMap.class,
            LinkedHashMap.class,
            TreeMap.class);

    private final ValueType<V> type;
    private final NameTable table;
    private final CodecLimits limits;
    private final boolean canonical;

    private TableCodec(Builder<V> builder, boolean canonical, @Nullable KeyForm<?> keyForm) {
        this.type = builder.type;
        this.table = new NameTable(builder.named(), keyForm);
        this.limits = builder.limits;
        this.canonical = canonical;
    }

    /** Starts a codec for values of any class in the table. */
    public static Builder<Object> builder() {
        return builder(ValueType.of(Object.class));
    }

    /**
     * Starts a codec for values of a declared type.
     *
     * @throws IllegalArgumentException if the table cannot do without that declaration, see {@link #suits}
     */
    public static <V> Builder<V> builder(ValueType<V> type) {
        return new Builder<>(type);
    }

    /** Whether the table knows values of this declared type by itself; one with type arguments says more than it does. */
    public static boolean suits(ValueType<?> type) {
        Class<?> raw = type.rawClass();
        return type.isPlain()
                && (GENERAL.contains(raw) || NameTable.classesWithRow().contains(raw));
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public int fingerprint() {
        return type.fingerprint();
    }

    @Override
    public byte[] encode(V value) {
        return encode(NO_PREFIX, value);
    }

    /** Returns the value as bytes, behind others, which count for no limit. */
    public byte[] encode(byte[] prefix, V value) {
        TableWriter writer = new TableWriter(table, limits, canonical, prefix);
        writer.write(Objects.requireNonNull(value, "value"));
        return writer.toByteArray();
    }

    @Override
    public V decode(byte[] payload) {
        return decode(payload, 0);
    }

    @Override
    @SuppressWarnings("unchecked") // checked just before
    public V decode(byte[] bytes, int from) {
        Object value = new TableReader(table, limits.maxDepth(), bytes, from).readOnly();
        if (!type.rawClass().isInstance(value)) {
            throw new UndecodableException("a value of another type");
        }
        return (V) value;
    }

    /** Whether a value is of a class that the table holds, looking at the value itself and not at what is in it. */
    public boolean knows(Object value) {
        return NameTable.rowOf(value) != null
                || value instanceof Optional
                || value instanceof Object[]
                || Containers.isKnown(value)
                || table.keyForm(value) != null
                || table.named(value.getClass()) != null;
    }

    /** Whether classes were allowed, of which the table cannot promise that they come back as they were. */
    public boolean hasAllowedClasses() {
        return table.hasNames();
    }

    /**
     * Builds a {@link TableCodec}.
     *
     * @param <V> the type of the values
     */
    public static final class Builder<V> {

        private final ValueType<V> type;
        private final Map<Class<?>, String> allowed = new LinkedHashMap<>();
        private List<JacksonModule> modules = List.of();
        private CodecLimits limits = CodecLimits.standard();

        private Builder(ValueType<V> type) {
            if (!suits(type)) {
                throw new IllegalArgumentException(
                        "self-describing bytes are for types of the JDK without type arguments," + " not for " + type
                                + "; use JSON, or declare java.lang.Object and allow the class");
            }
            this.type = type;
        }

        /** Allows a class under its own name. */
        public Builder<V> allow(Class<?> allowedClass) {
            return allow(allowedClass.getName(), allowedClass);
        }

        /** Allows a class under a name that stands for it in the bytes, and that it keeps wherever it moves. */
        public Builder<V> allow(String name, Class<?> allowedClass) {
            if (allowed.containsValue(name)) {
                throw new IllegalStateException("the name " + name + " was already given to another class");
            }
            if (allowed.putIfAbsent(allowedClass, name) != null) {
                throw new IllegalStateException("class " + allowedClass.getName() + " was already allowed");
            }
            return this;
        }

        /** Sets what tells Jackson how to write and read allowed classes that it does not know. */
        public Builder<V> modules(List<JacksonModule> newModules) {
            this.modules = List.copyOf(newModules);
            return this;
        }

        /** Sets the limits; {@link CodecLimits#standard()} unless called. */
        public Builder<V> limits(CodecLimits newLimits) {
            this.limits = Objects.requireNonNull(newLimits, "newLimits");
            return this;
        }

        /** Returns the codec. Loads Jackson if a class was allowed, and not otherwise. */
        public TableCodec<V> build() {
            return new TableCodec<>(this, false, null);
        }

        /**
         * Returns the codec for keys: equal keys have equal bytes, in whatever order a set or map among them lists its
         * elements. All sets and maps come back without order.
         *
         * @param form the form of keys of one more class, or null
         */
        public TableCodec<V> buildForKeys(@Nullable KeyForm<?> form) {
            return new TableCodec<>(this, true, form);
        }

        private Map<Class<?>, Named> named() {
            return allowed.isEmpty() ? Map.of() : NamedByJackson.of(allowed, limits, modules);
        }
    }

    /** Apart, so that Jackson is loaded with this class and not before. */
    private static final class NamedByJackson {

        @SuppressWarnings("unchecked") // a codec is given values of its own class only
        static Map<Class<?>, Named> of(Map<Class<?>, String> allowed, CodecLimits limits, List<JacksonModule> modules) {
            JacksonCodec<Object[]> mapper = JacksonCodec.json(ValueType.of(Object[].class), limits, modules);
            Map<Class<?>, Named> named = new HashMap<>();
            allowed.forEach((type, name) ->
                    named.put(type, new Named(name, (ValueCodec<Object>) mapper.forType(ValueType.of(type)))));
            return named;
        }
    }
}
