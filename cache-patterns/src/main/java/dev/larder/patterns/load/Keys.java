package dev.larder.patterns.load;

import java.util.LinkedHashSet;
import java.util.Set;

/** The keys of a bulk load. */
final class Keys {

    private Keys() {}

    /** Returns each of them once, in their order. */
    static <K> Set<K> distinct(Iterable<? extends K> keys) {
        Set<K> distinct = new LinkedHashSet<>();
        keys.forEach(distinct::add);
        return distinct;
    }
}
