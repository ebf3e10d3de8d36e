package dev.larder.codec;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * The declared type of a cache's values (or keys), its type arguments included, and the name it has in stored bytes.
 *
 * <p>The name is that of the type unless {@link #named} gives another. Values that were stored under another name are
 * misses; so a class that moves to another package keeps its values if it keeps its name here, and a class whose meaning
 * changes loses them if it gets another. Immutable.
 *
 * @param <V> the type
 */
public final class ValueType<V> {

    private final Type type;
    private final Class<?> rawClass;
    private final String name;

    private ValueType(Type type, Class<?> rawClass, String name) {
        this.type = type;
        this.rawClass = rawClass;
        this.name = name;
    }

    /** Returns the type that a class stands for. */
    public static <V> ValueType<V> of(Class<V> type) {
        Objects.requireNonNull(type, "type");
        return new ValueType<>(type, type, nameOf(type));
    }

    /** Returns the type that was captured, for example {@code new TypeRef<List<Price>>() {}}. */
    public static <V> ValueType<V> of(TypeRef<V> reference) {
        Type type = reference.type();
        return new ValueType<>(type, rawClassOf(type), nameOf(type));
    }

    /** Returns this type under a name of your choice, which takes the place of the class's name in stored bytes. */
    public ValueType<V> named(String newName) {
        if (newName.isBlank()) {
            throw new IllegalArgumentException("the name of " + name + " must not be blank");
        }
        return new ValueType<>(type, rawClass, newName);
    }

    /** Returns the type as reflection shows it. */
    public Type type() {
        return type;
    }

    /** Returns the class without its type arguments. */
    public Class<?> rawClass() {
        return rawClass;
    }

    /** Whether this has no type arguments, so that the class says everything. */
    public boolean isPlain() {
        return type instanceof Class<?>;
    }

    /** Returns the name that stored bytes belong to. */
    public String name() {
        return name;
    }

    /** Returns a number for the name: the CRC-32C of its UTF-8 form. */
    public int fingerprint() {
        CRC32C crc = new CRC32C();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValueType<?> that && that.type.equals(type) && that.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }

    private static Class<?> rawClassOf(Type type) {
        if (type instanceof Class<?> simple) {
            return simple;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return rawClassOf(array.getGenericComponentType()).arrayType();
        }
        throw unusable(type);
    }

    /** Written out here and not left to {@code toString}, because it ends up in stored bytes. */
    private static String nameOf(Type type) {
        if (type instanceof Class<?> simple) {
            return simple.isArray() ? nameOf(simple.getComponentType()) + "[]" : simple.getName();
        }
        if (type instanceof ParameterizedType parameterized) {
            return nameOf(parameterized.getRawType()) + namesOf(parameterized.getActualTypeArguments(), "<", ",", ">");
        }
        if (type instanceof GenericArrayType array) {
            return nameOf(array.getGenericComponentType()) + "[]";
        }
        if (type instanceof WildcardType wildcard) {
            return "?" + namesOf(wildcard.getUpperBounds(), " extends ", "&", "")
                    + namesOf(wildcard.getLowerBounds(), " super ", "&", "");
        }
        throw unusable(type);
    }

    private static String namesOf(Type[] types, String before, String between, String after) {
        return types.length == 0
                ? ""
                : Arrays.stream(types).map(ValueType::nameOf).collect(Collectors.joining(between, before, after));
    }

    private static IllegalArgumentException unusable(Type type) {
        return new IllegalArgumentException(
                "a type variable says nothing about the values: " + type.getTypeName() + "; use a class in its place");
    }
}
