package dev.larder.copy;

import java.util.Arrays;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers objects by their identity, each with its copy. Few are compared one by one, which takes less memory than a
 * map does, and most values have few parts to remember.
 */
final class Copied {

    private static final int FEW = 8;

    /** An object, its copy, the next object, its copy, and so on; of no use any more once there are many. */
    private @Nullable Object[] pairs = new Object[4];

    private int end;
    private @Nullable IdentityHashMap<Object, Object> many;

    /** Returns the copy of an object, or null if none is remembered. */
    @Nullable
    Object copyOf(Object original) {
        if (many != null) {
            return many.get(original);
        }
        for (int i = 0; i < end; i += 2) {
            if (pairs[i] == original) {
                return pairs[i + 1];
            }
        }
        return null;
    }

    /** Remembers the copy of an object of which none is remembered yet. */
    void add(Object original, Object copy) {
        if (many == null && end == 2 * FEW) {
            many = toMap();
        }
        if (many != null) {
            many.put(original, copy);
            return;
        }
        if (end == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * end);
        }
        pairs[end++] = original;
        pairs[end++] = copy;
    }

    private IdentityHashMap<Object, Object> toMap() {
        IdentityHashMap<Object, Object> map = new IdentityHashMap<>(4 * FEW);
        for (int i = 0; i < end; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
