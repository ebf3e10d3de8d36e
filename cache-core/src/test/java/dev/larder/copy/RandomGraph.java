package dev.larder.copy;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Makes values of all kinds, nested at random; some objects occur more than once. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // users keep such values
final class RandomGraph {

    private final Random random;
    private final boolean withBeans;
    private final List<Object> made = new ArrayList<>();

    RandomGraph(long seed, boolean withBeans) {
        this.random = new Random(seed);
        this.withBeans = withBeans;
    }

    Object value(int depth) {
        if (!made.isEmpty() && random.nextInt(5) == 0) {
            return made.get(random.nextInt(made.size()));
        }
        Object value = depth == 0 || random.nextInt(6) == 0 ? leaf() : container(depth - 1);
        made.add(value);
        return value;
    }

    private Object leaf() {
        return pick(List.of(
                () -> "s" + random.nextInt(10),
                () -> random.nextInt(),
                () -> LocalDate.ofEpochDay(random.nextInt(1000)),
                () -> new Date(random.nextInt(1000)),
                () -> new Bytes(new byte[] {(byte) random.nextInt()}),
                () -> new Point(random.nextInt(), "p")));
    }

    private Object container(int depth) {
        List<Supplier<Object>> kinds = new ArrayList<>(List.of(
                () -> new ArrayList<>(elements(depth)),
                () -> new LinkedList<>(elements(depth)),
                () -> new LinkedHashSet<>(elements(depth)),
                () -> new Queue(new ArrayDeque<>(elements(depth))),
                () -> List.copyOf(elements(depth)),
                () -> Set.copyOf(elements(depth)),
                () -> Arrays.asList(elements(depth).toArray()),
                () -> Collections.unmodifiableList(new ArrayList<>(elements(depth))),
                () -> Collections.singletonList(value(depth)),
                () -> fill(new HashMap<>(), depth),
                () -> fill(new LinkedHashMap<>(), depth),
                () -> fill(new TreeMap<>(), depth),
                () -> Map.copyOf(fill(new HashMap<>(), depth)),
                () -> new Pair(value(depth), value(depth))));
        if (withBeans) {
            kinds.add(() -> new Bean(value(depth)));
        }
        return pick(kinds);
    }

    private List<Object> elements(int depth) {
        List<Object> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            elements.add(value(depth));
        }
        return elements;
    }

    private Map<String, Object> fill(Map<String, Object> map, int depth) {
        for (Object element : elements(depth)) {
            map.put("k" + random.nextInt(5), element);
        }
        return map;
    }

    private Object pick(List<Supplier<Object>> kinds) {
        return kinds.get(random.nextInt(kinds.size())).get();
    }

    record Point(int x, String y) implements Serializable {}

    record Pair(Object left, Object right) implements Serializable {}

    /** An array with an {@code equals}. */
    @SuppressWarnings("ArrayRecordComponent") // with an equals of its own
    record Bytes(byte[] bytes) implements Serializable {
        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && Arrays.equals(that.bytes, bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /** A queue with an {@code equals}. */
    record Queue(ArrayDeque<Object> elements) implements Serializable {
        @Override
        public boolean equals(Object other) {
            return other instanceof Queue that && List.copyOf(that.elements).equals(List.copyOf(elements));
        }

        @Override
        public int hashCode() {
            return List.copyOf(elements).hashCode();
        }
    }

    /** What only serialisation can copy. */
    static final class Bean implements Serializable {
        private final Object content;

        Bean(Object content) {
            this.content = content;
        }

        Object content() {
            return content;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bean that && Objects.equals(that.content, content);
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(content);
        }
    }
}
