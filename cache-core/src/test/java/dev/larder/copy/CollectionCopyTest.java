package dev.larder.copy;

import static dev.larder.copy.Copying.copy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings({"JavaUtilDate", "JdkObsolete", "CollectionUndefinedEquality"}) // users keep such values
class CollectionCopyTest {

    static List<Collection<Object>> mutableCollections() {
        List<Object> elements = List.of("b", "a", "c");
        return List.of(
                new ArrayList<>(elements),
                new LinkedList<>(elements),
                new ArrayDeque<>(elements),
                new HashSet<>(elements),
                new LinkedHashSet<>(elements),
                new TreeSet<>(elements),
                new CopyOnWriteArrayList<>(elements),
                new PriorityQueue<>(elements),
                Collections.synchronizedList(new ArrayList<>(elements)));
    }

    @ParameterizedTest
    @MethodSource("mutableCollections")
    void collectionIsCopiedAsTheSameClass(Collection<Object> original) {
        Collection<Object> copy = copy(original);

        assertThat(copy).isNotSameAs(original).hasSameClassAs(original);
        assertThat(copy.toArray()).containsExactly(original.toArray());
    }

    @ParameterizedTest
    @MethodSource("mutableCollections")
    void changeToTheOriginalIsNotSeenInTheCopy(Collection<Object> original) {
        Collection<Object> copy = copy(original);

        original.clear();

        assertThat(copy).hasSize(3);
    }

    static List<Collection<Date>> collectionsOfMutables() {
        return List.of(
                new ArrayList<>(dates()),
                new LinkedList<>(dates()),
                new ArrayDeque<>(dates()),
                new HashSet<>(dates()),
                new LinkedHashSet<>(dates()),
                new TreeSet<>(dates()),
                Arrays.asList(new Date(1), new Date(2)),
                Collections.unmodifiableList(new ArrayList<>(dates())),
                Collections.unmodifiableSet(new HashSet<>(dates())),
                Collections.singletonList(new Date(1)),
                Collections.singleton(new Date(1)),
                dates(),
                List.of(new Date(1)),
                Set.copyOf(dates()),
                dates().stream().toList());
    }

    private static List<Date> dates() {
        return List.of(new Date(1), new Date(2));
    }

    @ParameterizedTest
    @MethodSource("collectionsOfMutables")
    void mutableElementsAreCopied(Collection<Date> original) {
        Object[] expected = original.stream().map(Date::clone).toArray();

        Collection<Date> copy = copy(original);
        original.forEach(date -> date.setTime(99));

        assertThat(copy.toArray()).containsExactlyInAnyOrder(expected);
        assertThat(copy.contains(new Date(1))).isTrue();
    }

    @Test
    void immutableListStaysImmutable() {
        List<Date> copy = copy(List.of(new Date(1)));

        assertThatThrownBy(() -> copy.add(new Date(2))).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void unmodifiableListIsDetachedFromTheListBehindIt() {
        List<String> behind = new ArrayList<>(List.of("a"));
        List<String> copy = copy(Collections.unmodifiableList(behind));

        behind.add("b");

        assertThat(copy).containsExactly("a");
        assertThatThrownBy(() -> copy.add("c")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void streamListKeepsItsNulls() {
        List<Date> copy = copy(Stream.of(new Date(1), null).toList());

        assertThat(copy).containsExactly(new Date(1), null);
    }

    @Test
    void sortedSetKeepsAComparatorThatIsNotSerializable() {
        Comparator<Date> backwards = (left, right) -> right.compareTo(left);
        TreeSet<Date> original = new TreeSet<>(backwards);
        Collections.addAll(original, new Date(1), new Date(2));

        TreeSet<Date> copy = copy(original);

        assertThat(copy.comparator()).isSameAs(backwards);
        assertThat(copy).containsExactly(new Date(2), new Date(1));
    }

    @Test
    void enumSetIsCopied() {
        EnumSet<TimeUnit> small = EnumSet.of(TimeUnit.DAYS);
        EnumSet<Character.UnicodeScript> large = EnumSet.of(Character.UnicodeScript.LATIN);

        EnumSet<TimeUnit> smallCopy = copy(small);
        EnumSet<Character.UnicodeScript> largeCopy = copy(large);
        small.clear();
        large.clear();

        assertThat(smallCopy).containsExactly(TimeUnit.DAYS);
        assertThat(largeCopy).containsExactly(Character.UnicodeScript.LATIN);
    }

    @Test
    void subclassOfACollectionKeepsWhatItAdds() {
        NamedList original = new NamedList("name");
        original.add("a");

        ArrayList<String> copy = copy(original);

        assertThat(copy).containsExactly("a").isInstanceOf(NamedList.class);
        assertThat(((NamedList) copy).name).isEqualTo("name");
    }

    @Test
    void optionalOfAMutableIsCopied() {
        Date date = new Date(1);
        Optional<Date> copy = copy(Optional.of(date));

        date.setTime(2);

        assertThat(copy).contains(new Date(1));
    }

    @Test
    void datesAndBitSetsAreCopied() {
        assertCopied(new Date(1));
        assertCopied(new GregorianCalendar(2000, 1, 1));
        assertCopied(BitSet.valueOf(new long[] {5}));
    }

    /** Named, because the module does not read java.sql. */
    @ParameterizedTest
    @ValueSource(strings = {"java.sql.Date", "java.sql.Time", "java.sql.Timestamp"})
    void sqlDatesAreCopied(String type) throws Exception {
        assertCopied(Class.forName(type).getConstructor(long.class).newInstance(1_234L));
    }

    private static void assertCopied(Object value) {
        assertThat(copy(value)).isEqualTo(value).isNotSameAs(value).hasSameClassAs(value);
    }

    static final class NamedList extends ArrayList<String> {
        private final String name;

        NamedList(String name) {
            this.name = name;
        }
    }
}
