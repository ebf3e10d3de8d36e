package dev.larder.jcache.model;

import java.util.Set;
import java.util.TreeSet;

/**
 * What goes wrong outside the cache while an operation is done.
 *
 * @param unknown the keys for which the loader has no value
 * @param unloadable the keys on which the loader fails
 * @param unwritable the keys on which the writer fails
 * @param standard whether loader and writer fail with the standard's own exceptions rather than with others
 */
record Faults(Set<String> unknown, Set<String> unloadable, Set<String> unwritable, boolean standard) {

    static final Faults NONE = new Faults(Set.of(), Set.of(), Set.of(), false);

    @Override
    public String toString() {
        if (equals(NONE)) {
            return "";
        }
        return part(" unknown ", unknown)
                + part(" loader fails for ", unloadable)
                + part(" writer fails for ", unwritable)
                + (standard ? " by the standard" : "");
    }

    private static String part(String what, Set<String> keys) {
        return keys.isEmpty() ? "" : what + new TreeSet<>(keys);
    }
}
