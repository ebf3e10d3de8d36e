package dev.larder.copy;

import java.lang.reflect.Array;

/** Copies arrays, keeping their component type. */
final class ArrayCopy {

    /** For components that are immutable: the array alone is copied. */
    static final Strategy FLAT = (array, graph) -> copyFlat(array);

    /** For components that may be mutable, arrays among them. */
    static final Strategy DEEP = (array, graph) -> copyDeep((Object[]) array, graph);

    private ArrayCopy() {}

    static Strategy forComponents(Class<?> component) {
        return Immutables.holdsOnlyImmutables(component) ? FLAT : DEEP;
    }

    private static Object copyFlat(Object array) {
        int length = Array.getLength(array);
        Object copy = Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, copy, 0, length);
        return copy;
    }

    private static Object copyDeep(Object[] array, GraphCopy graph) {
        Object[] copy = array.clone();
        graph.begin(array, copy);
        graph.copyAll(copy);
        return copy;
    }
}
