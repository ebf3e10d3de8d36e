package dev.larder.patterns.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.patterns.session.internal.record.ByteWriter;
import java.io.ByteArrayOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamConstants;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What it may cost to read an attribute by Java serialisation, in hashes and not in time. */
class SerialCostTest {

    /** Of which each doubles the work. So many take a moment only: where there is no limit, tests fail and do not hang. */
    private static final int LEVELS = 19;

    private static final AtomicLong HASHES = new AtomicLong();

    private final AttributeCodec codec = AttributeCodec.javaSerialization(
            Counted.class, Pair.class, Single.class, Cart.class, Heir.class, Careless.class, TimeUnit.class);

    /** Counts how often its hash is computed. */
    record Counted() implements Serializable {

        @Override
        public int hashCode() {
            HASHES.incrementAndGet();
            return 1;
        }
    }

    /** A class of the application whose hash is made of others. */
    record Pair(Object one, Object other) implements Serializable {}

    /** A record of one field. */
    record Single(Object one) implements Serializable {}

    static class Base implements Serializable {

        private static final long serialVersionUID = 1L;

        private final long first = 1;
        final List<Long> others = new ArrayList<>(List.of(first, 2L));
    }

    /** Writes itself, and nothing of its superclass. */
    public static final class Cart extends Base implements Externalizable {

        private static final long serialVersionUID = 1L;

        private Object content = "";

        public Cart() {}

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeInt(1);
            out.writeObject(content);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
            in.readInt();
            content = in.readObject();
        }
    }

    static class Bare implements Serializable {

        private static final long serialVersionUID = 1L;
    }

    static final class Heir extends Bare {

        private static final long serialVersionUID = 1L;

        final Object content;

        Heir(Object content) {
            this.content = content;
        }
    }

    /** Keeps its field to itself, which the specification does not allow. */
    static final class Careless implements Serializable {

        private static final long serialVersionUID = 1L;

        private final int number = 1;

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeObject("careless of " + number);
        }
    }

    /** What is known as SerialDoS: in each level are two sets, each of which has both of the level below. */
    private static Set<Object> setsInSets(Supplier<Set<Object>> newSet, int levels) {
        Set<Object> top = newSet.get();
        Set<Object> one = top;
        Set<Object> other = newSet.get();
        for (int i = 0; i < levels; i++) {
            Set<Object> nextOne = newSet.get();
            Set<Object> nextOther = newSet.get();
            nextOne.add("the one");
            one.addAll(List.of(nextOne, nextOther));
            other.addAll(List.of(nextOne, nextOther));
            one = nextOne;
            other = nextOther;
        }
        one.add(new Counted());
        other.add(new Counted());
        return top;
    }

    private static Map<Object, Object> mapsInMaps(Supplier<Map<Object, Object>> newMap) {
        Map<Object, Object> top = newMap.get();
        Map<Object, Object> last = top;
        for (int i = 0; i < LEVELS; i++) {
            Map<Object, Object> next = newMap.get();
            last.put(next, next); // the hash of an entry is made of both
            last = next;
        }
        last.put(new Counted(), "end");
        return top;
    }

    /** Lists of which each has the one before it twice, side by side: what is shared need not be deep. */
    private static List<Object> listsSideBySide() {
        List<Object> all = new ArrayList<>();
        Object last = new ArrayList<>(List.of(new Counted()));
        for (int i = 0; i < LEVELS; i++) {
            all.add(last);
            last = new ArrayList<>(Arrays.asList(last, last));
        }
        all.add(new HashSet<>(List.of(last)));
        return all;
    }

    private static Set<Object> pairsOfPairs() {
        Object last = new Counted();
        for (int i = 0; i < LEVELS; i++) {
            last = new Pair(last, last);
        }
        return new HashSet<>(List.of(last));
    }

    /** Not deep either: many keys, in each of which is the same long list. */
    private static Map<Object, Object> keysWithOneLongList() {
        List<Object> longList = new ArrayList<>(List.of(new Counted()));
        IntStream.range(0, 2_000).forEach(longList::add);
        Map<Object, Object> map = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            map.put(new ArrayList<>(Arrays.asList(i, longList)), i);
        }
        return map;
    }

    private static List<Object> sharersOfOneList() {
        List<Object> longList = new ArrayList<>(List.of(new Counted()));
        IntStream.range(0, 2_000).forEach(longList::add);
        return IntStream.range(0, 1_000)
                .<Object>mapToObj(i -> List.of(i, longList))
                .toList();
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                Arguments.of("HashSet", setsInSets(HashSet::new, LEVELS)),
                Arguments.of("LinkedHashSet", setsInSets(LinkedHashSet::new, LEVELS)),
                Arguments.of("100 levels", setsInSets(HashSet::new, 100)),
                Arguments.of("HashMap", mapsInMaps(HashMap::new)),
                Arguments.of("ConcurrentHashMap", mapsInMaps(ConcurrentHashMap::new)),
                Arguments.of("lists in a HashSet", listsSideBySide()),
                Arguments.of("records in a HashSet", pairsOfPairs()),
                Arguments.of("lists in keys", keysWithOneLongList()),
                Arguments.of("Set.of", Set.copyOf(sharersOfOneList())),
                Arguments.of("keys of Map.of", Map.copyOf(keysWithOneLongList())),
                Arguments.of("lists of the JDK in a HashSet", new HashSet<>(sharersOfOneList())),
                Arguments.of("below others", List.of("a", Map.of("b", setsInSets(HashSet::new, LEVELS)))));
    }

    /** As one who may write to the cache would write it. */
    private static byte[] serialised(Object value) throws IOException {
        return attribute(bytesOf(value));
    }

    private static byte[] bytesOf(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private static byte[] attribute(byte[] serialised) {
        ByteWriter writer = new ByteWriter();
        writer.octet(TableCodec.NAMED);
        writer.text("");
        writer.block(serialised);
        return writer.toByteArray();
    }

    /** Replaces octets, of which each character is one. */
    private static byte[] replaced(byte[] bytes, String from, String to) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        return text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Changes the flags of a class, which come after its name and its version. */
    private static byte[] flagged(byte[] bytes, Class<?> type, int flags) {
        byte[] changed = bytes.clone();
        String name = type.getName();
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(name);
        changed[at + name.length() + Long.BYTES] = (byte) flags;
        return changed;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void setsThatHashEachOtherOverAndOverAreUnreadable(String what, Object attack) throws IOException {
        byte[] bytes = serialised(attack);
        HASHES.set(0);

        assertThatThrownBy(() -> codec.decode("a", bytes)).isInstanceOf(UnreadableAttributeException.class);

        assertThat(HASHES).as("hashes computed").hasValue(0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void whatCouldNotBeReadIsNotWritten(String what, Object value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode("a", value))
                .withMessageContaining("within each other");
    }

    private static List<Integer> catalogue() {
        return IntStream.range(0, 1_000).boxed().toList();
    }

    private static List<Pair> linesOfOneCatalogue() {
        List<Integer> catalogue = catalogue();
        return IntStream.range(0, 1_000).mapToObj(i -> new Pair(i, catalogue)).toList();
    }

    private static Map<Integer, Object> valuesOfOneCatalogue() {
        List<Integer> catalogue = catalogue();
        return IntStream.range(0, 1_000).boxed().collect(Collectors.toMap(i -> i, i -> catalogue));
    }

    static Stream<Arguments> usualValues() {
        List<Integer> numbers = IntStream.range(0, 5_000).boxed().collect(Collectors.toCollection(ArrayList::new));
        Map<Object, Object> sharing = new HashMap<>();
        Map<Object, Object> inItsKeys = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            sharing.put("key " + i, numbers);
            inItsKeys.put(new Pair(i, new ArrayList<>(List.of(i))), i);
        }
        Object nested = "end";
        for (int i = 0; i < 25; i++) {
            nested = new HashSet<>(List.of(nested));
        }
        return Stream.of(
                Arguments.of("lines that share a catalogue", linesOfOneCatalogue()),
                Arguments.of("a map whose values share a catalogue", Map.copyOf(valuesOfOneCatalogue())),
                Arguments.of("a long list", numbers),
                Arguments.of("a long set", new HashSet<>(numbers)),
                Arguments.of("a long list in many places of a map", sharing),
                Arguments.of("a long list in many places of a list", new ArrayList<>(sharing.values())),
                Arguments.of("many keys of records and lists", inItsKeys),
                Arguments.of("25 sets in each other", nested),
                Arguments.of("sets of the JDK", List.of(Set.of(Set.of(1), Set.of(2)), Map.of(1, Map.of(2, 3)))),
                Arguments.of("maps", new ArrayList<>(List.of(new TreeMap<>(Map.of("a", new LinkedHashMap<>()))))),
                Arguments.of("enums", new EnumMap<>(Map.of(TimeUnit.DAYS, List.of(TimeUnit.HOURS)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("usualValues")
    void usualValuesComeBack(String what, Object value) throws UnreadableAttributeException {
        assertThat(codec.decode("a", codec.encode("a", value))).isEqualTo(value);
    }

    private void assertThatItIsNotRead(byte[] serialised) {
        HASHES.set(0);

        assertThatThrownBy(() -> codec.decode("a", attribute(serialised)))
                .isInstanceOf(UnreadableAttributeException.class);

        assertThat(HASHES).as("hashes computed").hasValue(0);
    }

    /** The stream reads its elements as objects, as there is no such class. */
    @Test
    void arrayWithTheNameOfNoArrayHidesNothing() throws IOException {
        byte[] array = bytesOf(new Object[] {setsInSets(HashSet::new, LEVELS)});

        assertThatItIsNotRead(replaced(array, "\0\23[Ljava.lang.Object;", "\0\4aB[I"));
    }

    static Stream<Object> recordsWithMoreThanFieldsAreNotRead() {
        return Stream.of(new Pair(1, "b"), new Single(1));
    }

    /** The stream reads the fields of a record and takes what else is said to be there for the next object. */
    @ParameterizedTest
    @MethodSource
    void recordsWithMoreThanFieldsAreNotRead(Object value) throws IOException {
        byte[] bytes = flagged(
                bytesOf(value),
                value.getClass(),
                ObjectStreamConstants.SC_SERIALIZABLE | ObjectStreamConstants.SC_WRITE_METHOD);
        byte[] ended = Arrays.copyOf(bytes, bytes.length + 1);
        ended[bytes.length] = ObjectStreamConstants.TC_ENDBLOCKDATA;

        assertThatItIsNotRead(ended);
    }

    @Test
    void classThatWritesItselfMayHaveASuperclass() throws UnreadableAttributeException {
        Cart cart = new Cart();
        cart.content = new ArrayList<>(List.of("tea"));

        Cart read = (Cart) codec.decode("a", codec.encode("a", cart));

        assertThat(read.content).isEqualTo(List.of("tea"));
    }

    @Test
    void whatAClassWritesItselfIsCounted() throws IOException {
        Cart cart = new Cart();
        cart.content = setsInSets(HashSet::new, LEVELS);

        assertThatItIsNotRead(bytesOf(cart));
    }

    /** The stream reads its fields all the same. */
    @Test
    void superclassThatIsSaidNotToBeSerialisableIsNotRead() throws IOException {
        byte[] bytes = bytesOf(new Heir("tea"));

        assertThatItIsNotRead(flagged(bytes, Bare.class, ObjectStreamConstants.SC_BLOCK_DATA));
    }

    @Test
    void classThatDoesNotWriteItsFieldsIsRefusedWithTheRemedy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode("a", new Careless()))
                .withMessageContaining("defaultWriteObject");
    }
}
