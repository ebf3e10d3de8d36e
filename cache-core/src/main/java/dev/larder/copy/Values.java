package dev.larder.copy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares values the way a store does. */
public final class Values {

    private Values() {}

    /**
     * Tells whether two values are equal: arrays, at any depth of arrays, by their content, everything else by
     * {@code equals}. An array inside a collection is compared as that collection does, by identity.
     */
    public static boolean equal(@Nullable Object first, @Nullable Object second) {
        if (first == second) {
            return true;
        }
        if (first == null || second == null) {
            return false;
        }
        return first.getClass().isArray() ? Objects.deepEquals(first, second) : first.equals(second);
    }
}
