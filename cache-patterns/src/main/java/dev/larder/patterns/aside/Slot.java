package dev.larder.patterns.aside;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link CacheAside} keeps under a key: a value, or the mark of those who are loading one.
 *
 * <p>Only values can be of use to others; whoever looks into the cache by himself takes a slot without one for a miss. It can be written by every codec and
 * by Java serialisation, if the value can.
 *
 * @param value the value, or null while it is being loaded
 * @param mark what shows that nothing has happened to the key since, or null beside a value
 * @param <V> the type of value
 */
public record Slot<V>(@Nullable V value, @Nullable String mark) implements Serializable {

    /** Returns a slot with a value. */
    public static <V> Slot<V> of(V value) {
        return new Slot<>(Objects.requireNonNull(value, "value"), null);
    }

    static <V> Slot<V> marked(String mark) {
        return new Slot<>(null, mark);
    }

    boolean bears(String otherMark) {
        return otherMark.equals(mark);
    }
}
