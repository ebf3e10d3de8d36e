package dev.larder.copy;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Copies the JDK's maps.
 *
 * <p>A mutable map is cloned, which keeps its comparator and its order, also access order; then its values are replaced
 * in place. A map with mutable keys is filled anew. An immutable map is shared if nothing in it needed copying.
 */
@SuppressWarnings("unchecked") // entries are only copied, so their types do not matter
final class MapCopy {

    private MapCopy() {}

    /** Also a LinkedHashMap: its clone is one. */
    static Object hashMap(Object value, GraphCopy graph) {
        return replaceEntries(value, (Map<Object, Object>) ((HashMap<Object, Object>) value).clone(), graph);
    }

    static Object treeMap(Object value, GraphCopy graph) {
        return replaceEntries(value, (Map<Object, Object>) ((TreeMap<Object, Object>) value).clone(), graph);
    }

    static Object enumMap(Object value, GraphCopy graph) {
        return replaceEntries(value, (Map<Object, Object>) (Map<?, ?>) ((EnumMap<?, ?>) value).clone(), graph);
    }

    static Object concurrentHashMap(Object value, GraphCopy graph) {
        var original = (ConcurrentHashMap<Object, Object>) value;
        return replaceEntries(value, new ConcurrentHashMap<>(original), graph);
    }

    static Object singletonMap(Object value, GraphCopy graph) {
        Map.Entry<Object, Object> entry =
                ((Map<Object, Object>) value).entrySet().iterator().next();
        Object key = graph.copy(entry.getKey());
        Object content = graph.copy(entry.getValue());
        return key == entry.getKey() && content == entry.getValue() ? value : Collections.singletonMap(key, content);
    }

    /** {@code Map.of}. */
    static Object immutableMap(Object value, GraphCopy graph) {
        Map<Object, Object> original = (Map<Object, Object>) value;
        Map<Object, Object> copy = new LinkedHashMap<>(original);
        return copyEntries(original, copy, graph) ? Map.copyOf(copy) : value;
    }

    private static Object replaceEntries(Object original, Map<Object, Object> copy, GraphCopy graph) {
        graph.begin(original, copy);
        copyEntries((Map<Object, Object>) original, copy, graph);
        return copy;
    }

    /** Replaces the entries of {@code copy}, which holds those of {@code original}, and tells whether any changed. */
    private static boolean copyEntries(Map<Object, Object> original, Map<Object, Object> copy, GraphCopy graph) {
        boolean changed = false;
        for (Map.Entry<Object, Object> entry : copy.entrySet()) {
            if (graph.copy(entry.getKey()) != entry.getKey()) {
                refill(original, copy, graph);
                return true;
            }
            Object content = entry.getValue();
            Object contentCopy = graph.copy(content);
            if (contentCopy != content) {
                entry.setValue(contentCopy);
                changed = true;
            }
        }
        return changed;
    }

    private static void refill(Map<Object, Object> original, Map<Object, Object> copy, GraphCopy graph) {
        copy.clear();
        original.forEach((key, content) -> copy.put(graph.copy(key), graph.copy(content)));
    }
}
