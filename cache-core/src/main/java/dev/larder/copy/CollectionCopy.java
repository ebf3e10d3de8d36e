package dev.larder.copy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Copies the JDK's collections, apart from maps.
 *
 * <p>A mutable collection is cloned, which keeps its order, capacity and comparator, and then its elements are replaced
 * by their copies. An immutable one is rebuilt, and only if an element needed copying: otherwise it is shared.
 */
@SuppressWarnings("unchecked") // elements are only copied, so their type does not matter
final class CollectionCopy {

    private CollectionCopy() {}

    static Object arrayList(Object value, GraphCopy graph) {
        List<Object> copy = (List<Object>) ((ArrayList<Object>) value).clone();
        graph.begin(value, copy);
        replaceByIndex(copy, graph);
        return copy;
    }

    static Object linkedList(Object value, GraphCopy graph) {
        List<Object> copy = (List<Object>) ((LinkedList<Object>) value).clone();
        graph.begin(value, copy);
        for (ListIterator<Object> position = copy.listIterator(); position.hasNext(); ) {
            position.set(graph.copy(position.next()));
        }
        return copy;
    }

    static Object arrayDeque(Object value, GraphCopy graph) {
        return refill(value, ((ArrayDeque<Object>) value).clone(), graph);
    }

    /** Also a LinkedHashSet: its clone is one. */
    static Object hashSet(Object value, GraphCopy graph) {
        return refill(value, (Set<Object>) ((HashSet<Object>) value).clone(), graph);
    }

    static Object treeSet(Object value, GraphCopy graph) {
        return refill(value, (Set<Object>) ((TreeSet<Object>) value).clone(), graph);
    }

    static Object enumSet(Object value, GraphCopy graph) {
        ((EnumSet<?>) value).forEach(graph::copy); // shared, unless the enum's class loader is a foreign one
        return ((EnumSet<?>) value).clone();
    }

    static Object arraysAsList(Object value, GraphCopy graph) {
        Object[] elements = ((List<Object>) value).toArray();
        List<Object> copy = Arrays.asList(elements);
        graph.begin(value, copy);
        graph.copyAll(elements);
        return copy;
    }

    static Object unmodifiableList(Object value, GraphCopy graph) {
        List<Object> content = new ArrayList<>((List<Object>) value);
        List<Object> copy = Collections.unmodifiableList(content);
        graph.begin(value, copy);
        replaceByIndex(content, graph);
        return copy;
    }

    static Object singletonList(Object value, GraphCopy graph) {
        Object element = ((List<Object>) value).get(0);
        Object copy = graph.copy(element);
        return copy == element ? value : Collections.singletonList(copy);
    }

    static Object singletonSet(Object value, GraphCopy graph) {
        Object element = ((Set<Object>) value).iterator().next();
        Object copy = graph.copy(element);
        return copy == element ? value : Collections.singleton(copy);
    }

    /** {@code List.of} and {@code Stream.toList}; the latter may hold null, and its kind serves for both. */
    static Object immutableList(Object value, GraphCopy graph) {
        Object[] elements = ((List<Object>) value).toArray();
        return graph.copyAll(elements) ? Arrays.stream(elements).toList() : value;
    }

    static Object immutableSet(Object value, GraphCopy graph) {
        Object[] elements = ((Set<Object>) value).toArray();
        return graph.copyAll(elements) ? Set.copyOf(Arrays.asList(elements)) : value;
    }

    static Object optional(Object value, GraphCopy graph) {
        Object content = ((Optional<Object>) value).orElse(null);
        Object copy = graph.copy(content);
        return copy == null || copy == content ? value : Optional.of(copy);
    }

    /** Replaces the elements of an array list; an iterator would be one more object. */
    private static void replaceByIndex(List<Object> list, GraphCopy graph) {
        for (int i = 0; i < list.size(); i++) {
            Object element = list.get(i);
            Object copy = graph.copy(element);
            if (copy != element) {
                list.set(i, copy);
            }
        }
    }

    /** For collections whose elements cannot be replaced in place. */
    private static Object refill(Object original, Collection<Object> copy, GraphCopy graph) {
        graph.begin(original, copy);
        Object[] elements = copy.toArray();
        if (graph.copyAll(elements)) {
            copy.clear();
            Collections.addAll(copy, elements);
        }
        return copy;
    }
}
