package dev.larder.codec.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.larder.codec.CodecException;
import dev.larder.codec.CodecLimits;
import dev.larder.codec.Hex;
import dev.larder.codec.TypeRef;
import dev.larder.codec.UndecodableException;
import dev.larder.codec.UnreadableReason;
import dev.larder.codec.ValueCodec;
import dev.larder.codec.ValueType;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JacksonCodecTest {

    static List<Function<ValueType<?>, ValueCodec<?>>> formats() {
        return List.of(JacksonCodec::json, JacksonCodec::cbor);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void valuesOfAGenericTypeComeBackWithTheirClasses(Function<ValueType<?>, ValueCodec<?>> format) {
        ValueType<List<Price>> type = ValueType.of(new TypeRef<List<Price>>() {});
        List<Price> prices = List.of(price("1.50"), price("2"));

        assertThat(roundTrip(format, type, prices)).isEqualTo(prices);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void timesComeBackAsTheyWere(Function<ValueType<?>, ValueCodec<?>> format) {
        Times times = new Times(
                Instant.parse("2026-01-01T00:00:00.123456789Z"),
                OffsetDateTime.parse("2026-01-01T00:00:00+05:00"),
                ZonedDateTime.parse("2026-10-25T02:30:00+01:00[Europe/Berlin]"),
                Duration.ofNanos(-1),
                LocalDate.MIN);

        assertThat(roundTrip(format, ValueType.of(Times.class), times)).isEqualTo(times);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void plainClassComesBackByItsSettersAndGetters(Function<ValueType<?>, ValueCodec<?>> format) {
        Bean bean = new Bean();
        bean.setName("n");
        bean.setTags(Set.of("b", "a"));

        Bean back = roundTrip(format, ValueType.of(Bean.class), bean);

        assertThat(back.getName()).isEqualTo("n");
        assertThat(back.getTags()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void hashedContainersAreWrittenInTheOrderOfTheirElements() {
        JacksonCodec<Groups> codec = JacksonCodec.json(ValueType.of(Groups.class));
        Set<String> one = new HashSet<>(List.of("Aa", "BB", "c"));
        Set<String> other = new HashSet<>(List.of("c", "BB", "Aa"));

        byte[] bytes = codec.encode(new Groups(one, Map.of("y", other, "x", Set.of("q", "p"))));

        assertThat(text(bytes))
                .isEqualTo(
                        "{\"names\":[\"Aa\",\"BB\",\"c\"],\"byName\":{\"x\":[\"p\",\"q\"],\"y\":[\"Aa\",\"BB\",\"c\"]}}");
    }

    @Test
    void linkedContainersKeepTheirOrder() {
        JacksonCodec<Groups> codec = JacksonCodec.json(ValueType.of(Groups.class));
        Map<String, Set<String>> byName = new LinkedHashMap<>();
        byName.put("z", new LinkedHashSet<>(List.of("q", "p")));
        byName.put("a", Set.of());

        String json = text(codec.encode(new Groups(new LinkedHashSet<>(List.of("b", "a")), byName)));

        assertThat(json).isEqualTo("{\"names\":[\"b\",\"a\"],\"byName\":{\"z\":[\"q\",\"p\"],\"a\":[]}}");
    }

    @Test
    void elementsThatCannotBeComparedStayAsTheyAre() {
        ValueType<Set<Price>> type = ValueType.of(new TypeRef<Set<Price>>() {});
        Set<Price> prices = Set.of(price("1"), price("2"));

        assertThat(roundTrip(JacksonCodec::json, type, prices)).isEqualTo(prices);
    }

    @Test
    void namedSubtypesComeBack() {
        ValueType<List<Shape>> type = ValueType.of(new TypeRef<List<Shape>>() {});
        List<Shape> shapes = List.of(new Circle(1), new Square(2));

        assertThat(roundTrip(JacksonCodec::json, type, shapes)).isEqualTo(shapes);
        assertThat(roundTrip(JacksonCodec::json, ValueType.of(Shape.class), new Circle(3)))
                .isEqualTo(new Circle(3));
    }

    @Test
    void classNamesInTheDataAreRefusedAtTheFirstPut() {
        JacksonCodec<ByClassName> codec = JacksonCodec.json(ValueType.of(ByClassName.class));

        assertThatThrownBy(() -> codec.encode(new ByClassName.Impl(1)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("can be written but not read");
    }

    @Test
    void interfaceWithoutNamedSubtypesIsRefusedAtTheFirstPut() {
        JacksonCodec<Face> codec = JacksonCodec.json(ValueType.of(Face.class));

        assertThatThrownBy(() -> codec.encode(new Smile()))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Smile would come back as less than it is")
                .hasMessageContaining("@JsonTypeInfo(use = NAME)");
    }

    @Test
    void subclassThatWouldLoseAFieldIsRefused() {
        JacksonCodec<Bean> codec = JacksonCodec.json(ValueType.of(Bean.class));

        assertThatThrownBy(() -> codec.encode(new RichBean()))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("RichBean would come back as less than it is");
    }

    @Test
    void classWithoutPropertiesIsRefused() {
        JacksonCodec<Closed> codec = JacksonCodec.json(ValueType.of(Closed.class));

        assertThatThrownBy(() -> codec.encode(new Closed(5)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Closed cannot be written by Jackson")
                .hasMessageNotContaining("5");
    }

    @Test
    void enumConstantsWithABodyAreOfTheirEnum() {
        assertThat(roundTrip(JacksonCodec::json, ValueType.of(Sign.class), Sign.PLUS))
                .isEqualTo(Sign.PLUS);
    }

    /** UTF-8 has no form for it, and a question mark in its place would be another value. */
    @Test
    void halfASurrogatePairComesBackOrIsRefused() {
        JacksonCodec<String> json = JacksonCodec.json(ValueType.of(String.class));
        JacksonCodec<String> cbor = JacksonCodec.cbor(ValueType.of(String.class));

        assertThat(json.decode(json.encode("half \uD83D"))).isEqualTo("half \uD83D");
        assertThat(cbor.decode(cbor.encode("pair \uD83D\uDE00"))).isEqualTo("pair \uD83D\uDE00");
        assertThatThrownBy(() -> cbor.encode("half \uD83D"))
                .isInstanceOf(CodecException.class)
                .hasMessageNotContaining("half");
    }

    @Test
    void objectIsNoDeclaredType() {
        assertThatThrownBy(() -> JacksonCodec.json(ValueType.of(Object.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use the self-describing codec");
    }

    @Test
    void fieldThatWouldActOnItsTextIsRefused() throws Exception {
        assertThatThrownBy(
                        () -> JacksonCodec.json(ValueType.of(WithClass.class)).encode(new WithClass(String.class)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("java.lang.Class is never read from a store");
        WithHost host = new WithHost(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        assertThatThrownBy(() -> JacksonCodec.json(ValueType.of(WithHost.class)).encode(host))
                .hasMessageContaining("java.net.InetAddress is never read");
    }

    @Test
    void valueBeyondTheLimitIsRefused() {
        JacksonCodec<Price> codec = JacksonCodec.json(
                ValueType.of(Price.class), CodecLimits.standard().withMaxValueBytes(20));

        assertThatThrownBy(() -> codec.encode(price("1")))
                .isInstanceOf(CodecException.class)
                .hasMessage("the value takes more than 20 bytes; raise maxValueBytes or store less");
    }

    @Test
    void valueThatContainsItselfIsRefused() {
        ValueType<List<List<?>>> type = ValueType.of(new TypeRef<List<List<?>>>() {});
        List<List<?>> self = new ArrayList<>();
        self.add(self);

        assertThatThrownBy(() -> JacksonCodec.json(type).encode(self)).isInstanceOf(CodecException.class);
    }

    @Test
    void deepBytesAreTooLarge() {
        JacksonCodec<List<Object>> codec = JacksonCodec.json(ValueType.of(new TypeRef<List<Object>>() {}));
        byte[] deep = ("[".repeat(65) + "]".repeat(65)).getBytes(StandardCharsets.UTF_8);

        assertUnreadable(codec, deep, UnreadableReason.TOO_LARGE);
    }

    @Test
    void bytesThatInventAValueAreUndecodable() {
        JacksonCodec<Price> codec = JacksonCodec.json(ValueType.of(Price.class));

        for (String json : List.of(
                "null",
                "{}",
                "{\"amount\":1}",
                "{\"quantity\":\"1\"}",
                "{\"quantity\":1.5}",
                "{\"quantity\":null}",
                "[]",
                "7",
                "{\"quantity\":1}{}",
                "{\"quantity\":99999999999}",
                "",
                "{",
                "\"\"")) {
            assertUnreadable(codec, json.getBytes(StandardCharsets.UTF_8), UnreadableReason.UNDECODABLE);
        }
        assertThat(codec.decode("{\"quantity\":1}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Price(null, 1, Optional.empty(), null));
    }

    @Test
    void cborLengthsBeyondTheEndAreUndecodable() {
        JacksonCodec<byte[]> codec = JacksonCodec.cbor(ValueType.of(byte[].class));

        for (String hex : List.of(
                "5A0003D000 00",
                "5BFFFFFFFFFFFFFFFF",
                "9BFFFFFFFFFFFFFFFF",
                "BB7FFFFFFFFFFFFFFF",
                "5F",
                "5C",
                "FF",
                "1F",
                "4100 00",
                "DF",
                "FC",
                "41")) {
            assertUnreadable(codec, Hex.bytes(hex), UnreadableReason.UNDECODABLE);
        }
        assertUnreadable(codec, Hex.bytes("81".repeat(70) + "00"), UnreadableReason.TOO_LARGE);
        assertThat(codec.decode(Hex.bytes("5F 4101 4102 FF"))).containsExactly(1, 2);
        assertThat(codec.decode(Hex.bytes("C1 5900020102"))).containsExactly(1, 2);
    }

    private static void assertUnreadable(ValueCodec<?> codec, byte[] bytes, UnreadableReason reason) {
        assertThatThrownBy(() -> codec.decode(bytes))
                .as("%s", Hex.of(bytes))
                .isInstanceOfSatisfying(
                        UndecodableException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    @SuppressWarnings("unchecked") // the format is asked for this type
    private static <T> T roundTrip(Function<ValueType<?>, ValueCodec<?>> format, ValueType<T> type, T value) {
        ValueCodec<T> codec = (ValueCodec<T>) format.apply(type);
        byte[] bytes = codec.encode(value);
        T back = codec.decode(bytes);
        assertThat(codec.encode(back)).isEqualTo(bytes);
        return back;
    }

    private static Price price(String amount) {
        return new Price(new BigDecimal(amount), 1, Optional.of("eur"), new UUID(1, 2));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public record Price(BigDecimal amount, int quantity, Optional<String> currency, UUID id) {}

    public record Times(Instant a, OffsetDateTime b, ZonedDateTime c, Duration d, LocalDate e) {}

    public record Groups(Set<String> names, Map<String, Set<String>> byName) {}

    public record WithClass(Class<?> type) {}

    public record WithHost(InetAddress host) {}

    public static class Bean {
        private String name = "none";
        private Set<String> tags = Set.of();

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public Set<String> getTags() {
            return tags;
        }

        public void setTags(Set<String> tags) {
            this.tags = tags;
        }
    }

    public static class RichBean extends Bean {
        public int getWealth() {
            return 5;
        }
    }

    static final class Closed {
        private final int state;

        Closed(int state) {
            this.state = state;
        }

        @Override
        public String toString() {
            return "Closed " + state;
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Circle.class, name = "circle"),
        @JsonSubTypes.Type(value = Square.class, name = "square")
    })
    interface Shape {}

    public record Circle(int radius) implements Shape {}

    public record Square(int side) implements Shape {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface ByClassName {
        record Impl(int x) implements ByClassName {}
    }

    public interface Face {
        String getMood();
    }

    public static class Smile implements Face {
        @Override
        public String getMood() {
            return "wide";
        }

        public int getTeeth() {
            return 3;
        }
    }

    enum Sign {
        PLUS {
            @Override
            int apply(int value) {
                return value;
            }
        };

        abstract int apply(int value);
    }
}
