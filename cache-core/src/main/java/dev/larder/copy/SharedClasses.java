package dev.larder.copy;

import java.lang.ref.WeakReference;

/**
 * A few classes whose values are shared, to recognise them sooner than a look-up could. The first few that were met,
 * which in a cache is all of them. Held weakly, because nobody who copies may keep a class alive.
 *
 * <p>Safe for use by many threads: without a lock, as a class that is not seen yet, or was overwritten, costs no more
 * than the look-up.
 */
final class SharedClasses {

    private static final int FEW = 4;

    @SuppressWarnings({"unchecked", "rawtypes"}) // the usual trouble with arrays
    private final WeakReference<Class<?>>[] classes = new WeakReference[FEW];

    boolean contains(Class<?> type) {
        for (WeakReference<Class<?>> each : classes) {
            if (each == null) {
                return false;
            }
            if (each.refersTo(type)) {
                return true;
            }
        }
        return false;
    }

    /** Adds a class, if there is room. */
    void add(Class<?> type) {
        for (int i = 0; i < FEW; i++) {
            if (classes[i] == null || classes[i].refersTo(null)) {
                classes[i] = new WeakReference<>(type);
                return;
            }
        }
    }
}
