package dev.larder.patterns.session.internal.record;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request changed in a session.
 *
 * @param written the attributes that it set, as their codec wrote them
 * @param removed the names of those it removed
 * @param expected if others must not have changed the same attributes meanwhile: what those were that had a value; else null
 */
public record Changes(
        Map<String, byte[]> written,
        Set<String> removed,
        @Nullable Map<String, byte[]> expected) implements Serializable {

    /** Nothing. */
    public static final Changes NONE = new Changes(Map.of(), Set.of(), null);

    /** Copies the collections. */
    public Changes {
        written = Collections.unmodifiableMap(new LinkedHashMap<>(written));
        removed = Collections.unmodifiableSet(new LinkedHashSet<>(removed));
        expected = expected == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(expected));
    }

    /** Whether nothing was changed. */
    public boolean isEmpty() {
        return written.isEmpty() && removed.isEmpty();
    }

    /** Whether others changed the same attributes meanwhile, to something else, and this must not be overlooked. */
    boolean collidesWith(Map<String, byte[]> present) {
        return expected != null
                && (written.keySet().stream().anyMatch(name -> collides(name, present))
                        || removed.stream().anyMatch(name -> collides(name, present)));
    }

    private boolean collides(String name, Map<String, byte[]> present) {
        byte[] now = present.get(name);
        boolean isAsExpected = expected != null && Arrays.equals(now, expected.get(name));
        boolean isDone = Arrays.equals(now, written.get(name)); // as by this very change, if its answer was lost
        return !isAsExpected && !isDone;
    }

    /** Returns attributes with these changes. */
    Map<String, byte[]> appliedTo(Map<String, byte[]> present) {
        Map<String, byte[]> merged = new LinkedHashMap<>(present);
        merged.keySet().removeAll(removed);
        merged.putAll(written);
        return merged;
    }

    /** Returns these changes and then the next ones, as one. */
    Changes then(Changes next) {
        Map<String, byte[]> allWritten = new LinkedHashMap<>(written);
        allWritten.keySet().removeAll(next.removed);
        allWritten.putAll(next.written);
        Set<String> allRemoved = new LinkedHashSet<>(removed);
        allRemoved.removeAll(next.written.keySet());
        allRemoved.addAll(next.removed);
        return new Changes(allWritten, allRemoved, expectedBeforeBoth(next));
    }

    private @Nullable Map<String, byte[]> expectedBeforeBoth(Changes next) {
        if (expected == null || next.expected == null) {
            return expected == null ? next.expected : expected;
        }
        Map<String, byte[]> both = new LinkedHashMap<>(next.expected);
        both.keySet().removeAll(written.keySet());
        both.keySet().removeAll(removed);
        both.putAll(expected);
        return both;
    }
}
