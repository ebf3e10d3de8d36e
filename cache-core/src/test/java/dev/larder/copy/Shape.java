package dev.larder.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Looks at what a value consists of: beans field by field, containers element by element, each object once. What is
 * immutable, of the JDK, and dates are compared with {@code equals}.
 */
@SuppressWarnings("JavaUtilDate") // users keep such values
final class Shape {

    private final IdentityHashMap<Object, Object> partners = new IdentityHashMap<>();
    private final String description;

    private Shape(String description) {
        this.description = description;
    }

    /** Fails if the values differ in a class, a field, an element, or in which of their objects are the same one. */
    static void assertSame(String description, Object expected, Object actual) {
        new Shape(description).compare(expected, actual, "root");
    }

    /** Returns the objects that a value consists of and that could change. */
    static Set<Object> mutableObjectsOf(Object root) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(root, seen);
        return seen;
    }

    private static void collect(Object object, Set<Object> seen) {
        if (object != null && !isImmutable(object) && seen.add(object)) {
            partsOf(object).forEach(part -> collect(part, seen));
        }
    }

    private void compare(Object expected, Object actual, String path) {
        if (expected == null || isImmutable(expected)) {
            assertThat(actual).as("%s: %s", description, path).isEqualTo(expected);
            return;
        }
        assertThat(actual).as("%s: %s", description, path).isNotNull().hasSameClassAs(expected);
        if (!arePartnersAlready(expected, actual, path)) {
            compareParts(expected, actual, path);
        }
    }

    private boolean arePartnersAlready(Object expected, Object actual, String path) {
        Object partner = partners.putIfAbsent(expected, actual);
        Object back = partners.putIfAbsent(actual, expected);
        if (partner != null || back != null) {
            assertThat(actual)
                    .as("%s: %s, an object seen before", description, path)
                    .isSameAs(partner);
            assertThat(expected)
                    .as("%s: %s, an object seen before", description, path)
                    .isSameAs(back);
        }
        return partner != null;
    }

    private void compareParts(Object expected, Object actual, String path) {
        if (expected instanceof Date) {
            assertThat(actual).as("%s: %s", description, path).isEqualTo(expected);
        }
        List<Object> expectedParts = partsOf(expected);
        List<Object> actualParts = partsOf(actual);
        assertThat(actualParts).as("%s: %s", description, path).hasSameSizeAs(expectedParts);
        for (int i = 0; i < expectedParts.size(); i++) {
            compare(expectedParts.get(i), actualParts.get(i), path + "." + i);
        }
    }

    private static boolean isImmutable(Object object) {
        return Immutables.isImmutable(object.getClass());
    }

    private static List<Object> partsOf(Object object) {
        List<Object> parts = new ArrayList<>();
        if (object instanceof Collection<?> collection) {
            parts.addAll(collection);
        } else if (object instanceof Map<?, ?> map) {
            parts.addAll(map.keySet());
            parts.addAll(map.values());
        } else if (object.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(object); i++) {
                parts.add(Array.get(object, i));
            }
        } else if (!(object instanceof Date)) {
            addFields(object, parts);
        }
        return parts;
    }

    private static void addFields(Object object, List<Object> parts) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    parts.add(read(field, object));
                }
            }
        }
    }

    private static Object read(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException impossible) {
            throw new LinkageError("no access to " + Objects.toString(field), impossible);
        }
    }
}
