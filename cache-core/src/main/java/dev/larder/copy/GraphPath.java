package dev.larder.copy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the way from a value to the object in it that could not be copied, as in {@code Order.lines[2].socket}. Looks as
 * far as reflection lets it and gives up after a bounded number of objects: it serves an error message.
 */
final class GraphPath {

    private static final int MAX_OBJECTS = 10_000;

    private final String culprit;
    private final Deque<Stop> toVisit = new ArrayDeque<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private GraphPath(String culprit) {
        this.culprit = culprit;
    }

    /** Returns the shortest path to an object of the named class, or null if none is found or it is the root. */
    static @Nullable String to(String className, Object root) {
        try {
            return new GraphPath(className).search(root);
        } catch (RuntimeException elusive) {
            return null; // a collection that changes or refuses; the error to report is another one
        }
    }

    private @Nullable String search(Object root) {
        enqueue(root.getClass().getSimpleName(), root);
        Stop stop;
        while ((stop = toVisit.poll()) != null) {
            if (stop.object.getClass().getName().equals(culprit)) {
                return stop.object == root ? null : stop.path;
            }
            enqueueParts(stop);
        }
        return null;
    }

    private void enqueueParts(Stop stop) {
        Object object = stop.object;
        if (object instanceof Object[] array) {
            enqueueElements(stop.path, Arrays.asList(array));
        } else if (object instanceof Collection<?> collection) {
            enqueueElements(stop.path, collection);
        } else if (object instanceof Map<?, ?> map) {
            enqueueAll(stop.path + "{key}", map.keySet());
            enqueueAll(stop.path + "{value}", map.values());
        } else if (object instanceof Optional<?> optional) {
            enqueue(stop.path, optional.orElse(null));
        } else {
            enqueueFields(stop);
        }
    }

    private void enqueueElements(String path, Collection<?> elements) {
        int index = 0;
        for (Object element : elements) {
            if (isFull()) {
                return;
            }
            enqueue(path + "[" + index++ + "]", element);
        }
    }

    private void enqueueAll(String path, Collection<?> elements) {
        for (Object element : elements) {
            if (isFull()) {
                return;
            }
            enqueue(path, element);
        }
    }

    private boolean isFull() {
        return seen.size() >= MAX_OBJECTS;
    }

    private void enqueueFields(Stop stop) {
        for (Class<?> type = stop.object.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (isWritten(field) && field.trySetAccessible()) {
                    enqueue(stop.path + "." + field.getName(), read(field, stop.object));
                }
            }
        }
    }

    private static boolean isWritten(Field field) {
        return !field.getType().isPrimitive() && (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0;
    }

    private static @Nullable Object read(Field field, Object owner) {
        try {
            return field.get(owner);
        } catch (IllegalAccessException elusive) {
            return null;
        }
    }

    private void enqueue(String path, @Nullable Object object) {
        if (object != null && !isFull() && seen.add(object)) {
            toVisit.add(new Stop(path, object));
        }
    }

    private record Stop(String path, Object object) {}
}
