package dev.larder.copy;

import static dev.larder.copy.Copying.copy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings({"JavaUtilDate", "JdkObsolete", "CollectionUndefinedEquality"}) // users keep such values
class MapCopyTest {

    static List<Map<Object, Date>> maps() {
        Map<Object, Date> entries = Map.of(TimeUnit.DAYS, new Date(1), TimeUnit.HOURS, new Date(2));
        return List.of(
                new HashMap<>(entries),
                new LinkedHashMap<>(entries),
                new TreeMap<>(entries),
                new ConcurrentHashMap<>(entries),
                enumMap(entries),
                new Hashtable<>(entries),
                new ConcurrentSkipListMap<>(entries),
                Collections.unmodifiableMap(new HashMap<>(entries)),
                Collections.singletonMap("a", new Date(1)),
                Map.of("a", new Date(1)),
                Map.of("a", new Date(1), "b", new Date(2)));
    }

    @ParameterizedTest
    @MethodSource("maps")
    void valuesAreCopied(Map<Object, Date> original) {
        Map<Object, Date> expected = new HashMap<>();
        original.forEach((key, date) -> expected.put(key, (Date) date.clone()));

        Map<Object, Date> copy = copy(original);
        original.values().forEach(date -> date.setTime(99));

        assertThat(copy).isEqualTo(expected);
    }

    @Test
    void changeToTheOriginalIsNotSeenInTheCopy() {
        Map<String, Integer> original = new HashMap<>(Map.of("a", 1));
        Map<String, Integer> copy = copy(original);

        original.put("b", 2);

        assertThat(copy).containsExactly(Map.entry("a", 1));
    }

    static List<Map<Object, Object>> mapsWithMutableKeys() {
        return List.of(
                new HashMap<>(datesToNames()),
                new LinkedHashMap<>(datesToNames()),
                new TreeMap<>(datesToNames()),
                new ConcurrentHashMap<>(datesToNames()),
                datesToNames(),
                Collections.singletonMap(new Date(1), "one"));
    }

    private static Map<Object, Object> datesToNames() {
        return Map.of(new Date(1), "one", new Date(2), "two");
    }

    @ParameterizedTest
    @MethodSource("mapsWithMutableKeys")
    void mutableKeysAreCopied(Map<Object, Object> original) {
        Map<Object, Object> copy = copy(original);
        assertThat(copy).isEqualTo(original);

        original.keySet().forEach(key -> ((Date) key).setTime(99));

        assertThat(copy.get(new Date(1))).isEqualTo("one");
    }

    @Test
    void insertionOrderIsKept() {
        Map<Object, Date> original = new LinkedHashMap<>();
        original.put("z", new Date(1));
        original.put(new Date(2), new Date(2));
        original.put("a", new Date(3));

        assertThat(copy(original).values()).containsExactly(new Date(1), new Date(2), new Date(3));
    }

    @Test
    void accessOrderIsKept() {
        Map<String, Date> original = new LinkedHashMap<>(16, 0.75f, true);
        original.put("a", new Date(1));
        original.put("b", new Date(2));
        original.get("a");

        Map<String, Date> copy = copy(original);

        assertThat(copy.keySet()).containsExactly("b", "a");
        copy.get("b");
        assertThat(copy.keySet()).containsExactly("a", "b");
        assertThat(original.keySet()).containsExactly("b", "a");
    }

    @Test
    void accessOrderIsKeptWithMutableKeys() {
        Map<List<String>, String> original = new LinkedHashMap<>(16, 0.75f, true);
        original.put(new ArrayList<>(List.of("a")), "a");
        original.put(new ArrayList<>(List.of("b")), "b");
        original.get(List.of("a"));

        Map<List<String>, String> copy = copy(original);

        assertThat(copy.values()).containsExactly("b", "a");
        copy.get(List.of("b"));
        assertThat(copy.values()).containsExactly("a", "b");
    }

    @Test
    void sortedMapKeepsItsComparator() {
        Comparator<String> ignoringCase = String.CASE_INSENSITIVE_ORDER;
        TreeMap<String, Date> original = new TreeMap<>(ignoringCase);
        original.put("a", new Date(1));

        TreeMap<String, Date> copy = copy(original);

        assertThat(copy.comparator()).isSameAs(ignoringCase);
        assertThat(copy.get("A")).isEqualTo(new Date(1)).isNotSameAs(original.get("A"));
    }

    @Test
    void nullKeysAndValuesAreKept() {
        Map<String, String> original = new HashMap<>();
        original.put(null, "a");
        original.put("b", null);

        assertThat(copy(original)).isEqualTo(original);
    }

    private static <V> Map<Object, V> enumMap(Map<Object, V> entries) {
        EnumMap<TimeUnit, V> map = new EnumMap<>(TimeUnit.class);
        entries.forEach((key, value) -> map.put((TimeUnit) key, value));
        @SuppressWarnings("unchecked") // the tests only read it
        Map<Object, V> untyped = (Map<Object, V>) (Map<?, V>) map;
        return untyped;
    }
}
