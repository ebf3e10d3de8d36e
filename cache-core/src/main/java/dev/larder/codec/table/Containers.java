package dev.larder.codec.table;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells the collections of the JDK from others. */
final class Containers {

    private Containers() {}

    /** Whether the value is a list, set or map that the JDK made; one of a user's class may be more than its elements. */
    static boolean isKnown(Object value) {
        boolean container = value instanceof List || value instanceof Set || value instanceof Map;
        return container && isOfTheJdk(value.getClass()) && !(value instanceof IdentityHashMap);
    }

    /** The capacity for so many elements, computed as {@code HashMap.newHashMap} of later Javas does. */
    static int capacityFor(int elements) {
        return (int) Math.ceil(elements / 0.75);
    }

    static String nameOf(Object container) {
        return container instanceof Collection ? "set" : "map";
    }

    private static boolean isOfTheJdk(Class<?> type) {
        return type.getClassLoader() == null && type.getName().startsWith("java.util.");
    }
}
