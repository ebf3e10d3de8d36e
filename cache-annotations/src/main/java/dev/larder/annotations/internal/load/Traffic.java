package dev.larder.annotations.internal.load;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes on at a key.
 *
 * @param loads in the order in which they began
 * @param holds how many hold the key
 */
record Traffic(List<Load> loads, int holds) {

    static final Traffic NONE = new Traffic(List.of(), 0);

    Traffic with(Load load) {
        List<Load> more = new ArrayList<>(loads);
        more.add(load);
        return new Traffic(List.copyOf(more), holds);
    }

    /** Returns what is left, or null for nothing, as a map wants it. */
    @Nullable
    Traffic without(Load load) {
        return orNull(loads.stream().filter(other -> other != load).toList(), holds);
    }

    @Nullable
    Traffic hold(int change) {
        return orNull(loads, holds + change);
    }

    private static @Nullable Traffic orNull(List<Load> loads, int holds) {
        return loads.isEmpty() && holds == 0 ? null : new Traffic(loads, holds);
    }

    @Nullable
    Load toShare() {
        for (Load load : loads) {
            if (load.canBeShared()) {
                return load;
            }
        }
        return null;
    }
}
