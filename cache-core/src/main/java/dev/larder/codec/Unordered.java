package dev.larder.codec;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells the JDK's sets and maps without an order of their own, which a codec may write in an order of its choice. */
public final class Unordered {

    /** Equal ones may well list their elements in another order, {@code Set.of} even from one JVM to the next. */
    private static final Set<Class<?>> CLASSES = Set.of(
            HashSet.class,
            HashMap.class,
            ConcurrentHashMap.class,
            ConcurrentHashMap.newKeySet().getClass(),
            Set.of().getClass(),
            Set.of(1).getClass(),
            Map.of().getClass(),
            Map.of(1, 1).getClass());

    private Unordered() {}

    /** Whether the value is a set or map of which the order means nothing. */
    public static boolean is(Object value) {
        return CLASSES.contains(value.getClass());
    }
}
