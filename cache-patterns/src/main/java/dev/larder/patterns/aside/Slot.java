package dev.larder.patterns.aside;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link CacheAside} keeps under a key: a value, or the mark of those who are loading one.
 *
 * <p>Only values can be of use to others; whoever looks into the cache by himself takes a slot without one for a miss. It can be written by every codec and
 * by Java serialisation, if the value can.
 *
 * @param value the value, or null while there is none
 * @param mark beside no value: what shows that nothing has happened to the key since
 * @param fences beside no value: who keeps others from storing one
 * @param <V> the type of value
 */
public record Slot<V>(@Nullable V value, @Nullable String mark, List<String> fences) implements Serializable {

    /** Creates one; a missing list is one without fences. */
    public Slot {
        fences = fences == null ? List.of() : List.copyOf(fences);
    }

    /** Returns a slot with a value. */
    public static <V> Slot<V> of(V value) {
        return new Slot<>(Objects.requireNonNull(value, "value"), null, List.of());
    }

    static <V> Slot<V> marked(String mark, List<String> fences) {
        return new Slot<>(null, mark, fences);
    }

    /** Whether what was loaded under a mark may be stored here. */
    boolean takes(String otherMark) {
        return otherMark.equals(mark) && fences.isEmpty();
    }
}
