package dev.larder.copy;

import static dev.larder.copy.Copying.copy;
import static dev.larder.copy.Copying.throughStream;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // users keep such values
class RandomGraphTest {

    private static final int GRAPHS = 2_000;
    private static final int DEPTH = 6;

    private static final Set<Class<?>> MUTABLE = Set.of(
            Date.class,
            ArrayList.class,
            LinkedList.class,
            LinkedHashSet.class,
            HashMap.class,
            LinkedHashMap.class,
            TreeMap.class,
            Arrays.asList().getClass(),
            RandomGraph.Bytes.class,
            RandomGraph.Queue.class,
            RandomGraph.Bean.class);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void copyIsWhatSerialisationMakesOfIt(boolean withBeans) throws Exception {
        for (long seed = 0; seed < GRAPHS; seed++) {
            Object original = new RandomGraph(seed, withBeans).value(DEPTH);

            Object copy = copy(original);

            assertThat(copy).as("seed %d", seed).isEqualTo(original).isEqualTo(throughStream(original));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void copySharesNothingThatChangesAndHasTheShapeOfTheOriginal(boolean withBeans) {
        for (long seed = 0; seed < GRAPHS; seed++) {
            Object original = new RandomGraph(seed, withBeans).value(DEPTH);

            Object copy = copy(original);

            new Comparison(seed).compare(original, copy);
        }
    }

    /** Walks a value and its copy side by side. */
    private static final class Comparison {

        private final IdentityHashMap<Object, Object> copies = new IdentityHashMap<>();
        private final Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
        private final long seed;

        Comparison(long seed) {
            this.seed = seed;
        }

        void compare(Object original, Object copy) {
            Object earlier = copies.putIfAbsent(original, copy);
            if (earlier != null) {
                assertThat(copy)
                        .as("seed %d: an object that occurs twice", seed)
                        .isSameAs(earlier);
                return;
            }
            if (original != copy) {
                assertThat(known.add(copy))
                        .as("seed %d: copies of two objects", seed)
                        .isTrue();
            }
            if (MUTABLE.contains(original.getClass())) {
                assertThat(copy).as("seed %d: a mutable object", seed).isNotSameAs(original);
            }
            compareParts(original, copy);
        }

        private void compareParts(Object original, Object copy) {
            if (original instanceof Set<?> || original instanceof RandomGraph.Queue) {
                return; // without an order to walk by; equality was compared
            }
            if (original instanceof Collection<?> collection) {
                Iterator<?> elements = ((Collection<?>) copy).iterator();
                collection.forEach(element -> compare(element, elements.next()));
            } else if (original instanceof Map<?, ?> map) {
                map.forEach((key, content) -> compare(content, ((Map<?, ?>) copy).get(key)));
            } else if (original instanceof RandomGraph.Pair pair) {
                compare(pair.left(), ((RandomGraph.Pair) copy).left());
                compare(pair.right(), ((RandomGraph.Pair) copy).right());
            } else if (original instanceof RandomGraph.Bean bean) {
                compare(bean.content(), ((RandomGraph.Bean) copy).content());
            }
        }
    }
}
