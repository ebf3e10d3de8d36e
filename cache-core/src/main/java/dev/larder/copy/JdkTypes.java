package dev.larder.copy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The mutable JDK classes that are copied without serialisation. Exact classes only: a subclass may hold more than we
 * know of.
 */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // users keep such values, whatever we think of them
final class JdkTypes {

    private static final Strategy DATE = (value, graph) -> ((Date) value).clone();
    private static final Strategy ENUM_SET = CollectionCopy::enumSet;
    private static final Map<Class<?>, Strategy> STRATEGIES = strategies();

    /** By name, because the module java.sql need not be there; nobody else can define classes in its packages. */
    private static final Set<String> SQL_DATES = Set.of("java.sql.Date", "java.sql.Time", "java.sql.Timestamp");

    private JdkTypes() {}

    static @Nullable Strategy strategyFor(Class<?> type) {
        if (EnumSet.class.isAssignableFrom(type)) {
            return ENUM_SET; // of two hidden classes; nobody outside the JDK can add a third
        }
        return SQL_DATES.contains(type.getName()) ? DATE : STRATEGIES.get(type);
    }

    private static Map<Class<?>, Strategy> strategies() {
        Map<Class<?>, Strategy> strategies = new HashMap<>();
        addSingleValues(strategies);
        addCollections(strategies);
        addMaps(strategies);
        return Map.copyOf(strategies);
    }

    private static void addSingleValues(Map<Class<?>, Strategy> strategies) {
        strategies.put(Date.class, DATE);
        strategies.put(GregorianCalendar.class, (value, graph) -> ((GregorianCalendar) value).clone());
        strategies.put(BitSet.class, (value, graph) -> ((BitSet) value).clone());
        strategies.put(Optional.class, CollectionCopy::optional);
    }

    private static void addCollections(Map<Class<?>, Strategy> strategies) {
        strategies.put(ArrayList.class, CollectionCopy::arrayList);
        strategies.put(LinkedList.class, CollectionCopy::linkedList);
        strategies.put(ArrayDeque.class, CollectionCopy::arrayDeque);
        strategies.put(HashSet.class, CollectionCopy::hashSet);
        strategies.put(LinkedHashSet.class, CollectionCopy::hashSet);
        strategies.put(TreeSet.class, CollectionCopy::treeSet);
        strategies.put(Arrays.asList().getClass(), CollectionCopy::arraysAsList);
        strategies.put(Collections.singletonList(1).getClass(), CollectionCopy::singletonList);
        strategies.put(Collections.singleton(1).getClass(), CollectionCopy::singletonSet);
        strategies.put(Collections.unmodifiableList(new ArrayList<>()).getClass(), CollectionCopy::unmodifiableList);
        strategies.put(Collections.unmodifiableList(new LinkedList<>()).getClass(), CollectionCopy::unmodifiableList);
        strategies.put(List.of().getClass(), CollectionCopy::immutableList);
        strategies.put(List.of(1).getClass(), CollectionCopy::immutableList);
        strategies.put(List.of(1, 2).subList(0, 1).getClass(), CollectionCopy::immutableList);
        strategies.put(Set.of().getClass(), CollectionCopy::immutableSet);
        strategies.put(Set.of(1).getClass(), CollectionCopy::immutableSet);
    }

    private static void addMaps(Map<Class<?>, Strategy> strategies) {
        strategies.put(HashMap.class, MapCopy::hashMap);
        strategies.put(LinkedHashMap.class, MapCopy::hashMap);
        strategies.put(TreeMap.class, MapCopy::treeMap);
        strategies.put(EnumMap.class, MapCopy::enumMap);
        strategies.put(ConcurrentHashMap.class, MapCopy::concurrentHashMap);
        strategies.put(Collections.singletonMap(1, 1).getClass(), MapCopy::singletonMap);
        strategies.put(Map.of().getClass(), MapCopy::immutableMap);
        strategies.put(Map.of(1, 1).getClass(), MapCopy::immutableMap);
    }

    /** Returns every strategy that {@link #strategyFor} can answer with. */
    static Set<Strategy> all() {
        Set<Strategy> all = new LinkedHashSet<>(STRATEGIES.values());
        all.add(ENUM_SET);
        return all;
    }
}
