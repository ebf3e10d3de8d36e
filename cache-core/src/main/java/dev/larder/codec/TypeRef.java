package dev.larder.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Holds on to a generic type that a {@code Class} cannot express. Made as an empty anonymous subclass:
 *
 * <pre>{@code
 * ValueType<List<Price>> prices = ValueType.of(new TypeRef<List<Price>>() {});
 * }</pre>
 *
 * @param <T> the type
 */
@SuppressWarnings("unused") // T is read from the class file
public abstract class TypeRef<T> {

    private final Type type;

    /** Reads the type from the subclass. */
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)) {
            throw new IllegalArgumentException("a TypeRef needs its type: new TypeRef<List<String>>() {}");
        }
        this.type = parameterized.getActualTypeArguments()[0];
    }

    /** Returns the type. */
    public final Type type() {
        return type;
    }
}
