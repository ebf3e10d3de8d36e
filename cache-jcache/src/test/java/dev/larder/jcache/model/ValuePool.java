package dev.larder.jcache.model;

import dev.larder.copy.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of one trial. Cache and model are given the same objects, so that by reference they must also answer with the
 * same ones; and objects that left the cache, or were put into it, can be changed later, which by value must not show. Safe for
 * use by many threads.
 */
final class ValuePool<V> {

    private static final int REMEMBERED = 32;

    private final ValueKind<V> kind;
    private final boolean byValue;
    private final Map<Integer, V> ofThisStep = new HashMap<>();
    private final List<V> outside = new ArrayList<>();

    ValuePool(ValueKind<V> kind, boolean byValue) {
        this.kind = kind;
        this.byValue = byValue;
    }

    /** Begins a step, whose values are objects of their own. */
    synchronized void nextStep() {
        ofThisStep.clear();
    }

    /** Returns the value of a number: the same object each time within a step. */
    synchronized V of(int number) {
        return ofThisStep.computeIfAbsent(number, this::newValue);
    }

    private V newValue(int number) {
        V value = kind.of(number);
        handedOut(value);
        return value;
    }

    /** Takes note of an object that users have in their hands. */
    synchronized void handedOut(V value) {
        if (outside.size() == REMEMBERED) {
            outside.remove(0);
        }
        outside.add(value);
    }

    /** Takes note of the values in an answer of the cache. */
    void answered(Object answer) {
        if (answer instanceof Map<?, ?> map) {
            map.values().forEach(this::answered);
        } else if (kind.type().isInstance(answer)) {
            handedOut(kind.type().cast(answer));
        }
    }

    /** Changes one of the objects that users have in their hands. */
    synchronized void changeOutside(int index, int number) {
        if (!outside.isEmpty()) {
            change(outside.get(index % outside.size()), number);
        }
    }

    /** Changes a value, if it is of a type that can be. */
    void change(V value, int number) {
        if (kind.isMutable()) {
            kind.changer().accept(value, number);
        }
    }

    /** Returns what becomes of a value on its way into the cache or out of it. */
    V copy(V value) {
        return byValue ? kind.copy(value) : value;
    }

    int numberOf(V value) {
        return kind.numberOf(value);
    }

    /** Whether values are equal as the operations with an expected value see it. */
    boolean equal(V first, V second) {
        return Values.equal(first, second);
    }

    /** Whether an answer of the cache, which may be a map of values, is what the model answered. */
    boolean same(Object answer, Object expected) {
        if (answer instanceof Map<?, ?> map && expected instanceof Map<?, ?> expectedMap) {
            return map.keySet().equals(expectedMap.keySet())
                    && map.keySet().stream().allMatch(key -> same(map.get(key), expectedMap.get(key)));
        }
        boolean isShared = !byValue && kind.type().isInstance(expected);
        return isShared ? answer == expected : Values.equal(answer, expected);
    }

    /** Returns an answer in words. */
    String text(Object answer) {
        if (answer instanceof Map<?, ?> map) {
            Map<Object, String> texts = new HashMap<>();
            map.forEach((key, value) -> texts.put(key, text(value)));
            return texts.toString();
        }
        return kind.type().isInstance(answer)
                ? String.valueOf(numberOf(kind.type().cast(answer)))
                : String.valueOf(answer);
    }
}
