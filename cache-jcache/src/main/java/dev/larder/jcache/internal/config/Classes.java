package dev.larder.jcache.internal.config;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;

/**
 * Finds the classes that a configuration file names. The file belongs to the application, as its code does; nothing that
 * comes out of a store ever gets here.
 */
final class Classes {

    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "byte", byte.class,
            "short", short.class,
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class,
            "boolean", boolean.class,
            "char", char.class);

    private Classes() {}

    /**
     * Returns a class without initialising it.
     *
     * @throws IllegalArgumentException if there is none, or it is not of that kind
     */
    static <T> Class<? extends T> find(String name, Class<T> kind, ClassLoader classLoader) {
        Class<?> found = name.endsWith("[]") ? arrayOf(name, classLoader) : plain(name, classLoader);
        if (!kind.isAssignableFrom(found)) {
            throw new IllegalArgumentException("is no " + kind.getName() + "; name a class that is one");
        }
        return found.asSubclass(kind);
    }

    /**
     * Insists that there is a class of that kind, and that an object can be made of it, unless any class will do.
     *
     * @throws IllegalArgumentException if not
     */
    static void check(String name, Class<?> kind, ClassLoader classLoader) {
        Class<?> found = find(name, kind, classLoader);
        if (kind != Object.class && !canBeMade(found)) {
            throw new IllegalArgumentException(
                    "has no public constructor without parameters, or is not public; add one, or"
                            + " hand an instance over in code");
        }
    }

    private static boolean canBeMade(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && !Modifier.isAbstract(type.getModifiers())
                && Arrays.stream(type.getConstructors()).anyMatch(constructor -> constructor.getParameterCount() == 0);
    }

    private static Class<?> arrayOf(String name, ClassLoader classLoader) {
        String component = name.substring(0, name.length() - 2);
        Class<?> primitive = PRIMITIVES.get(component);
        return (primitive == null ? find(component, Object.class, classLoader) : primitive).arrayType();
    }

    private static Class<?> plain(String name, ClassLoader classLoader) {
        try {
            return Class.forName(name, false, classLoader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException(
                    PRIMITIVES.containsKey(name)
                            ? "is a primitive type, which no object has; write its class, as java.lang.Long"
                            : "is no class that the manager's class loader finds; write its full name, with $ before a nested"
                                    + " one",
                    e);
        }
    }
}
