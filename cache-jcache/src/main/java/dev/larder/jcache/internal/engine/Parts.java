package dev.larder.jcache.internal.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Cuts what a user asks of very many keys into several calls of the store, each of which has the time of one. */
final class Parts {

    /** Few enough that a store far away is done with them in its time, and so many that waiting for one call after the other costs nothing. */
    static final int MOST = 10_000;

    private Parts() {}

    /** Returns the keys in their order; those that are not too many for one call as they are. */
    static <K> List<Set<K>> of(Set<K> keys) {
        if (keys.size() <= MOST) {
            return List.of(keys);
        }
        List<K> all = new ArrayList<>(keys);
        List<Set<K>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST) {
            parts.add(new LinkedHashSet<>(all.subList(from, Math.min(all.size(), from + MOST))));
        }
        return parts;
    }
}
