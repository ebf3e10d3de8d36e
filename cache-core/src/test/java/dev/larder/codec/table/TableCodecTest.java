package dev.larder.codec.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.codec.CodecException;
import dev.larder.codec.CodecLimits;
import dev.larder.codec.Hex;
import dev.larder.codec.TypeRef;
import dev.larder.codec.UndecodableException;
import dev.larder.codec.UnreadableReason;
import dev.larder.codec.ValueType;
import dev.larder.copy.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // users keep such values
class TableCodecTest {

    private final TableCodec<Object> codec = TableCodec.builder().build();
    private final TableCodec<Object> keys = TableCodec.builder().buildForKeys(null);

    static List<Object> leaves() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        LocalDateTime twice = LocalDateTime.of(2026, 10, 25, 2, 30);
        return List.of(
                true,
                (byte) -1,
                'ß',
                (short) -300,
                -1,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                1.5f,
                -0.0,
                Double.NaN,
                BigInteger.TWO.pow(200).negate(),
                new BigDecimal("1.50"),
                new BigDecimal("1E+900"),
                "",
                "smile \uD83D\uDE00",
                "half \uD83D",
                "replaced \uFFFD",
                UUID.randomUUID(),
                URI.create("urn:a%20b"),
                Locale.forLanguageTag("de-CH-1996"),
                Locale.ROOT,
                Currency.getInstance("CHF"),
                Instant.MAX,
                Instant.MIN,
                Duration.ofSeconds(-1, 5),
                LocalDate.MIN,
                LocalTime.MAX,
                twice,
                OffsetDateTime.MAX,
                OffsetTime.MIN,
                ZonedDateTime.of(twice, berlin).withLaterOffsetAtOverlap(),
                ZonedDateTime.of(twice, ZoneOffset.UTC),
                Period.of(1, -2, 3),
                Year.of(-5),
                YearMonth.of(2026, 2),
                MonthDay.of(2, 29),
                DayOfWeek.SUNDAY,
                Month.MAY,
                ZoneOffset.ofHours(-7),
                berlin,
                new Date(-1),
                new byte[] {1, -1},
                new boolean[] {true, false},
                new char[] {'a', '\uD800'},
                new short[] {-1},
                new int[] {1, Integer.MIN_VALUE},
                new long[] {-1},
                new float[] {1.5f},
                new double[] {Double.MIN_VALUE},
                new byte[0]);
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void valueComesBackEqualAndOfItsClass(Object value) {
        Object back = codec.decode(codec.encode(value));

        assertThat(Values.equal(back, value)).isTrue();
        assertThat(back).hasSameClassAs(value);
    }

    static List<Object> containers() {
        return List.of(
                List.of(1, "a", List.of()),
                new LinkedList<>(List.of(1)),
                Arrays.asList(null, 2),
                Collections.emptyList(),
                Collections.unmodifiableList(new ArrayList<>(List.of("x"))),
                new CopyOnWriteArrayList<>(List.of(1)),
                Set.of(3, 1, 2),
                new HashSet<>(Arrays.asList(1, null)),
                new LinkedHashSet<>(List.of("z", "a")),
                new TreeSet<>(List.of(2, 1)),
                Map.of(),
                Map.of("k", Map.of(1L, Set.of())),
                new TreeMap<>(Map.of(2, "b", 1, "a")),
                new LinkedHashMap<>(Map.of("k", List.of(UUID.randomUUID()))),
                new ConcurrentHashMap<>(Map.of(1, 2)),
                Optional.empty(),
                Optional.of(List.of(1)),
                new ArrayList<>());
    }

    @ParameterizedTest
    @MethodSource("containers")
    void containerComesBackEqual(Object value) {
        Object back = codec.decode(codec.encode(value));

        assertThat(Values.equal(back, value)).isTrue();
    }

    @ParameterizedTest
    @MethodSource({"leaves", "containers"})
    void whatCameBackMakesTheSameBytes(Object value) {
        byte[] bytes = codec.encode(value);

        assertThat(codec.encode(codec.decode(bytes))).isEqualTo(bytes);
    }

    @Test
    void arraysOfReferencesComeBack() {
        for (Object[] array : List.of(new String[0], new Object[0], new Object[] {1, null, new String[] {"s", null}})) {
            assertThat(Values.equal(codec.decode(codec.encode(array)), array)).isTrue();
        }
    }

    @Test
    void exampleInTheDocumentationIsTrue() {
        assertThat(Hex.of(codec.encode(Map.of("a", 1)))).isEqualTo("44011401610C02");
    }

    @Test
    void numbersOfDifferentTypesHaveDifferentBytes() {
        assertThat(List.of(1, 1L, (short) 1, (byte) 1, 1.0, 1.0f, "1", '1', BigInteger.ONE, BigDecimal.ONE))
                .extracting(value -> Hex.of(codec.encode(value)))
                .doesNotHaveDuplicates();
    }

    @Test
    void hashedContainersHaveBytesThatDoNotDependOnTheirOrder() {
        Set<Object> collidingOneWay = new HashSet<>(List.of("Aa", "BB", 7));
        Set<Object> collidingTheOther = new HashSet<>(List.of(7, "BB", "Aa"));

        assertThat(codec.encode(collidingOneWay)).isEqualTo(codec.encode(collidingTheOther));
        assertThat(codec.encode(Map.of("a", collidingOneWay, "b", 1)))
                .isEqualTo(codec.encode(new HashMap<>(Map.of("b", 1, "a", Set.copyOf(collidingTheOther)))));
    }

    @Test
    void linkedContainersKeepTheirOrder() {
        Map<Object, Object> linked = new LinkedHashMap<>();
        linked.put("z", 1);
        linked.put("a", 2);

        Object back = codec.decode(codec.encode(linked));

        assertThat((Map<?, ?>) back).isInstanceOf(LinkedHashMap.class);
        assertThat(((Map<?, ?>) back).keySet().toArray()).containsExactly("z", "a");
    }

    @Test
    void keysAreEqualInBytesIfTheyAreEqual() {
        Set<Integer> linked = new LinkedHashSet<>(List.of(2, 1));
        Set<Integer> sorted = new TreeSet<>(linked);

        assertThat(keys.encode(linked)).isEqualTo(keys.encode(sorted)).isEqualTo(keys.encode(Set.of(1, 2)));
        assertThat(keys.encode(new LinkedHashMap<>(Map.of(1, linked)))).isEqualTo(keys.encode(Map.of(1, sorted)));
        assertThat(keys.encode(new LinkedList<>(List.of(1)))).isEqualTo(keys.encode(List.of(1)));
    }

    @Test
    void uriIsNoKeyBecauseEqualOnesDifferInTheirText() {
        assertThat(URI.create("HTTP://a/")).isEqualTo(URI.create("http://A/"));

        assertThatThrownBy(() -> keys.encode(List.of(URI.create("http://a/"))))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("use its text");
    }

    @Test
    void otherClassIsRefusedWithItsNameAndTheSetting() {
        assertThatThrownBy(() -> codec.encode(List.of(new StringBuilder())))
                .isInstanceOf(CodecException.class)
                .hasMessage("class java.lang.StringBuilder is not one that self-describing bytes can hold; add it to"
                        + " \"allow\", or declare the types of the cache");
        assertThatThrownBy(() -> codec.encode(TimeUnit.DAYS)).hasMessageContaining("java.util.concurrent.TimeUnit");
        assertThatThrownBy(() -> codec.encode(new ArrayList<>(List.of(1)) {})).hasMessageContaining("allow");
        assertThatThrownBy(() -> codec.encode(new Integer[0])).hasMessageContaining("java.lang.Integer[]");
        assertThatThrownBy(() -> codec.encode(new BigDecimal("1") {})).hasMessageContaining("allow");
    }

    @Test
    void sortedContainerWithAComparatorIsRefused() {
        assertThatThrownBy(() -> codec.encode(new TreeMap<>(Comparator.reverseOrder())))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("copy it into a linked map");
    }

    @Test
    void localeWithoutATagIsRefused() {
        assertThatThrownBy(() -> codec.encode(new Locale("de", "", "no variant!")))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("java.util.Locale");
    }

    @Test
    void allowedClassesComeBack() {
        TableCodec<Object> allowing = TableCodec.builder()
                .allow(TimeUnit.class)
                .allow("point", Point.class)
                .build();
        Object value = List.of(TimeUnit.DAYS, Map.of("p", new Point(1, "a")));

        byte[] bytes = allowing.encode(value);

        assertThat(allowing.decode(bytes)).isEqualTo(value);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .contains("point", "java.util.concurrent.TimeUnit")
                .doesNotContain("Point");
    }

    @Test
    void allowedNameIsAMissWhereItIsNotAllowed() {
        byte[] bytes = TableCodec.builder().allow(Point.class).build().encode(new Point(1, "a"));

        assertUnreadable(bytes, UnreadableReason.UNDECODABLE);
    }

    @Test
    void nameAndClassAreAllowedOnce() {
        TableCodec.Builder<Object> builder = TableCodec.builder().allow("p", Point.class);

        assertThatThrownBy(() -> builder.allow("p", TimeUnit.class))
                .hasMessageContaining("the name p was already given");
        assertThatThrownBy(() -> builder.allow("q", Point.class)).hasMessageContaining("was already allowed");
    }

    @Test
    void valueThatContainsItselfIsRefused() {
        List<Object> self = new ArrayList<>();
        self.add(self);

        assertThatThrownBy(() -> codec.encode(self))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("more than 64 levels deep, or contains itself");
    }

    @Test
    void depthThatCanBeWrittenCanBeRead() {
        Object nested = Arrays.asList(1, null);
        for (int i = 1; i < 64; i++) {
            nested = i % 2 == 0 ? List.of(nested) : Set.of(nested);
        }
        Object deepest = nested;

        assertThat(codec.decode(codec.encode(deepest))).isEqualTo(deepest);
        assertThatThrownBy(() -> codec.encode(List.of(deepest))).isInstanceOf(CodecException.class);
    }

    @Test
    void bytesNestedTooDeepAreTooLarge() {
        assertUnreadable(Hex.bytes("4001".repeat(65) + "01"), UnreadableReason.TOO_LARGE);
    }

    @Test
    void valueBeyondTheLimitIsRefused() {
        TableCodec<Object> small = TableCodec.builder()
                .limits(CodecLimits.standard().withMaxValueBytes(100))
                .build();

        assertThatThrownBy(() -> small.encode(new byte[100]))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("maxValueBytes");
    }

    @Test
    void brokenBytesAreUndecodable() {
        assertUnreadable(Hex.bytes(""), UnreadableReason.UNDECODABLE);
        assertUnreadable(Hex.bytes("00"), UnreadableReason.UNDECODABLE);
        assertUnreadable(Hex.bytes("01"), UnreadableReason.UNDECODABLE);
        assertUnreadable(Hex.bytes("FF"), UnreadableReason.UNDECODABLE);
        assertUnreadable(Hex.bytes("0802"), UnreadableReason.UNDECODABLE);
        assertUnreadable(Hex.bytes("0C02 00"), UnreadableReason.UNDECODABLE);
        assertUnreadable(Hex.bytes("0C FFFFFFFF7F"), UnreadableReason.UNDECODABLE);
        assertUnreadable(Hex.bytes("14 FFFFFFFF07"), UnreadableReason.UNDECODABLE);
        assertUnreadable(Hex.bytes("1401FF"), UnreadableReason.UNDECODABLE);
        assertUnreadable(Hex.bytes("15010061"), UnreadableReason.UNDECODABLE);
        assertUnreadable(Hex.bytes("41020C020C02"), UnreadableReason.UNDECODABLE);
        assertUnreadable(Hex.bytes("4402010C02010C02"), UnreadableReason.UNDECODABLE);
        assertUnreadable(Hex.bytes("0401"), UnreadableReason.UNDECODABLE);
    }

    @Test
    void valueOfAnotherTypeThanDeclaredIsUndecodable() {
        TableCodec<String> strings =
                TableCodec.builder(ValueType.of(String.class)).build();

        assertThatThrownBy(() -> strings.decode(codec.encode(7))).isInstanceOf(UndecodableException.class);
        assertThat(strings.decode(strings.encode("text"))).isEqualTo("text");
    }

    @Test
    void tableSuitsWhatItKnowsByItself() {
        assertThat(TableCodec.suits(ValueType.of(Object.class))).isTrue();
        assertThat(TableCodec.suits(ValueType.of(byte[].class))).isTrue();
        assertThat(TableCodec.suits(ValueType.of(List.class))).isTrue();
        assertThat(TableCodec.suits(ValueType.of(LinkedList.class))).isFalse();
        assertThat(TableCodec.suits(ValueType.of(new TypeRef<List<String>>() {})))
                .isFalse();
        assertThat(TableCodec.suits(ValueType.of(Point.class))).isFalse();
        assertThatThrownBy(() -> TableCodec.builder(ValueType.of(Point.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use JSON");
    }

    private void assertUnreadable(byte[] bytes, UnreadableReason reason) {
        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOfSatisfying(
                        UndecodableException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    record Point(int x, String y) {}
}
