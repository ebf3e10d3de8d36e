package dev.larder.codec.jackson;

import dev.larder.codec.BoundedOutput;
import dev.larder.codec.CodecException;
import dev.larder.codec.CodecLimits;
import dev.larder.codec.UndecodableException;
import dev.larder.codec.ValueCodec;
import dev.larder.codec.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidDefinitionException;

/**
 * Writes values of a declared type as JSON or CBOR, by Jackson.
 *
 * <p>The declared type, generics included, is all that decides what is built: there is no default typing, and where an
 * annotation asks for class names in the data ({@code @JsonTypeInfo(use = CLASS)}) reading fails. Subtypes have
 * names of their own: {@code @JsonTypeInfo(use = NAME)} with {@code @JsonSubTypes}.
 *
 * <p>Classes may change between writing and reading. What is unknown is ignored, what is missing is null or what the
 * class initialises it to. Where that would invent a value (a record's missing number, 1.5 for an {@code int}, "7" for
 * 7) there is none: a miss.
 *
 * <p>The first value of each class is read back at once, so that a class that can be written but never read is an error
 * of the first put, and not a cache that misses for ever. So is a subclass of the declared type that would come back as less.
 *
 * <p>Properties are written in one order (those of the constructor, then by name), and hashed sets and maps in the order of their elements if those are
 * {@link Comparable}: equal values then have equal bytes. A linked set or map keeps its order, in the bytes too.
 *
 * @param <V> the type of the values
 */
public final class JacksonCodec<V> implements ValueCodec<V> {

    /** The number of the JSON format. */
    public static final int JSON_ID = 2;

    /** The number of the CBOR format. */
    public static final int CBOR_ID = 3;

    private final int id;
    private final ValueType<V> type;
    private final CodecLimits limits;
    private final ObjectMapper mapper;
    private final ObjectReader reader;
    private final ObjectWriter writer;
    private final Set<Class<?>> proven = ConcurrentHashMap.newKeySet();

    private JacksonCodec(int id, ValueType<V> type, CodecLimits limits, ObjectMapper mapper) {
        this.id = id;
        this.type = requireDeclared(type);
        this.limits = limits;
        this.mapper = mapper;
        JavaType declared = mapper.constructType(type.type());
        this.reader = mapper.readerFor(declared);
        this.writer = mapper.writerFor(declared);
    }

    /** Returns a codec for JSON with the standard limits. */
    public static <V> JacksonCodec<V> json(ValueType<V> type) {
        return json(type, CodecLimits.standard());
    }

    /** Returns a codec for JSON. */
    public static <V> JacksonCodec<V> json(ValueType<V> type, CodecLimits limits) {
        return json(type, limits, List.of());
    }

    /** Returns a codec for JSON with modules for classes that Jackson does not know how to write or read. */
    public static <V> JacksonCodec<V> json(ValueType<V> type, CodecLimits limits, List<JacksonModule> modules) {
        return new JacksonCodec<>(JSON_ID, type, limits, Mappers.json(limits, modules));
    }

    /** Returns a codec for CBOR with the standard limits. */
    public static <V> JacksonCodec<V> cbor(ValueType<V> type) {
        return cbor(type, CodecLimits.standard());
    }

    /**
     * Returns a codec for CBOR.
     *
     * @throws IllegalStateException if {@code tools.jackson.dataformat:jackson-dataformat-cbor} is not there
     */
    public static <V> JacksonCodec<V> cbor(ValueType<V> type, CodecLimits limits) {
        return cbor(type, limits, List.of());
    }

    /** Returns a codec for CBOR with modules for classes that Jackson does not know how to write or read. */
    public static <V> JacksonCodec<V> cbor(ValueType<V> type, CodecLimits limits, List<JacksonModule> modules) {
        return new JacksonCodec<>(CBOR_ID, type, limits, Mappers.cbor(limits, modules));
    }

    /** Returns a codec of the same format and limits for another type, cheaper than a new one. */
    public <T> JacksonCodec<T> forType(ValueType<T> otherType) {
        return new JacksonCodec<>(id, otherType, limits, mapper);
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public int fingerprint() {
        return type.fingerprint();
    }

    @Override
    public byte[] encode(V value) {
        Class<?> valueClass = Objects.requireNonNull(value, "value").getClass();
        byte[] bytes = write(writer, value);
        if (!proven.contains(valueClass)) {
            prove(value, bytes);
            proven.add(valueClass);
        }
        return bytes;
    }

    @Override
    public V decode(byte[] payload) {
        if (id == CBOR_ID) {
            CborShape.check(payload, limits.maxDepth());
        }
        return read(payload, 0);
    }

    @Override
    public V decode(byte[] bytes, int from) {
        return id == CBOR_ID ? ValueCodec.super.decode(bytes, from) : read(bytes, from);
    }

    private V read(byte[] bytes, int from) {
        try {
            V value = reader.readValue(bytes, from, bytes.length - from);
            if (value == null) {
                throw new UndecodableException("null, which is no value of a cache");
            }
            return value;
        } catch (StreamConstraintsException excess) {
            throw UndecodableException.tooLarge("more than the limits allow");
        } catch (JacksonException unreadable) {
            throw new UndecodableException(unreadable.getClass().getSimpleName());
        }
    }

    private byte[] write(ObjectWriter to, V value) {
        BoundedOutput output = new BoundedOutput(limits.maxValueBytes());
        try {
            to.writeValue(output, value);
            return output.toByteArray();
        } catch (JacksonException failure) {
            throw output.isOverflown()
                    ? CodecException.tooLarge("the value", "maxValueBytes", limits.maxValueBytes())
                    : unwritable(value.getClass(), failure);
        }
    }

    private void prove(V value, byte[] bytes) {
        if (type.isPlain() && isCutDown(value, bytes)) {
            throw new CodecException("class " + value.getClass().getName()
                    + " would come back as less than it is, because"
                    + " the cache's type is " + type + "; declare the class, or name the subtypes of the type with"
                    + " @JsonTypeInfo(use = NAME) and @JsonSubTypes");
        }
        try {
            V unused = reader.readValue(bytes);
        } catch (JacksonException failure) {
            throw new CodecException(
                    "class " + value.getClass().getName() + " can be written but not read as " + type
                            + reasonOf(failure)
                            + "; give it a constructor or annotations that Jackson understands, or set a module that knows it",
                    failure);
        }
    }

    private boolean isCutDown(V value, byte[] bytes) {
        return value.getClass() != type.rawClass()
                && !Arrays.equals(bytes, write(mapper.writerFor(value.getClass()), value));
    }

    private static CodecException unwritable(Class<?> valueClass, JacksonException failure) {
        return new CodecException(
                "class " + valueClass.getName() + " cannot be written by Jackson" + reasonOf(failure), failure);
    }

    /** What is wrong with a class can be told; other messages may hold parts of the value. */
    private static String reasonOf(JacksonException failure) {
        return failure instanceof InvalidDefinitionException
                ? ": " + failure.getOriginalMessage()
                : " (" + failure.getClass().getSimpleName() + ")";
    }

    private static <T> ValueType<T> requireDeclared(ValueType<T> type) {
        if (type.rawClass() == Object.class) {
            throw new IllegalArgumentException("JSON and CBOR need the type of the values, and java.lang.Object says"
                    + " nothing; declare the types of the cache, or use the self-describing codec");
        }
        return type;
    }
}
