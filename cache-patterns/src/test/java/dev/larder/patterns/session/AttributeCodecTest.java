package dev.larder.patterns.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectOutputStream;
import java.io.Serializable;
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
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttributeCodecTest {

    /** An attribute of a user's own. */
    record Cart(String owner, List<String> items, Colour colour) implements Serializable {}

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "grass";
            }
        }
    }

    /** The same under another constructor, as a later release would have it. */
    record Basket(String owner) implements Serializable {}

    private static Object roundTrip(AttributeCodec codec, Object value) throws UnreadableAttributeException {
        return codec.decode("a", codec.encode("a", value));
    }

    @SuppressWarnings("JavaUtilDate") // a value that users keep
    static List<Object> plainValues() {
        return List.of(
                "text",
                "",
                "\uD83D\uDE00",
                "half \uD83D",
                true,
                'c',
                (byte) 1,
                (short) 2,
                3,
                4L,
                1.5f,
                Double.NaN,
                BigInteger.TEN.pow(40),
                new BigDecimal("1.00"),
                new UUID(1, 2),
                URI.create("a:b"),
                Locale.GERMANY,
                new Date(7),
                Instant.EPOCH,
                LocalDate.EPOCH,
                LocalTime.NOON,
                LocalDateTime.MAX,
                OffsetDateTime.MIN,
                ZonedDateTime.of(LocalDateTime.of(2026, 11, 27, 12, 0), ZoneId.of("Europe/Berlin")),
                Duration.ofNanos(1),
                Period.ofDays(3),
                Year.of(2026),
                YearMonth.of(2026, 11),
                ZoneOffset.UTC,
                ZoneId.of("Europe/Berlin"),
                DayOfWeek.FRIDAY,
                Month.MAY,
                List.of(1, List.of("a")),
                Set.of("x"),
                Arrays.asList(null, 1),
                Map.of("k", List.of(Map.of())),
                new TreeSet<>(Set.of(2, 1)),
                new TreeMap<>(Map.of("b", 1, "a", 2)));
    }

    @ParameterizedTest
    @MethodSource("plainValues")
    void plainValuesNeedNothing(Object value) throws UnreadableAttributeException {
        Object read = roundTrip(AttributeCodec.plain(), value);

        assertThat(read).isEqualTo(value);
    }

    @Test
    void octetsAndCollectionsComeBackToBeChanged() throws UnreadableAttributeException {
        assertThat((byte[]) roundTrip(AttributeCodec.plain(), new byte[] {1, 2}))
                .containsExactly(1, 2);
        assertThat(roundTrip(AttributeCodec.plain(), List.of(1))).isInstanceOf(ArrayList.class);
        assertThat(roundTrip(AttributeCodec.plain(), new TreeMap<>(Map.of(1, 2))))
                .isInstanceOf(TreeMap.class);
    }

    @Test
    void anotherClassIsRefusedWithTheRemedy() {
        assertThatThrownBy(() -> AttributeCodec.plain().encode("a", List.of(new Basket("secret"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AttributeCodec.jackson(Basket.class)")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> AttributeCodec.jackson(Cart.class).encode("a", new Basket("secret")))
                .hasMessageContaining("not allowed");
        assertThatThrownBy(() -> AttributeCodec.javaSerialization(Cart.class).encode("a", new Basket("secret")))
                .hasMessageContaining("not allowed");
        assertThatThrownBy(() -> AttributeCodec.plain().encode("a", new TreeSet<>(Comparator.reverseOrder())))
                .hasMessageContaining("comparator");
    }

    @Test
    void collectionWithinItselfIsRefused() {
        List<Object> list = new ArrayList<>();
        list.add(list);

        assertThatThrownBy(() -> AttributeCodec.plain().encode("a", list)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void allowedClassesAreWrittenAloneAndInCollections() throws UnreadableAttributeException {
        Cart cart = new Cart("ann", List.of("tea"), Colour.GREEN);
        AttributeCodec json = AttributeCodec.jackson(Cart.class, Colour.class);
        AttributeCodec serial = AttributeCodec.javaSerialization(Cart.class, Colour.class);

        for (AttributeCodec codec : List.of(json, serial)) {
            assertThat(roundTrip(codec, cart)).isEqualTo(cart);
            assertThat(roundTrip(codec, Map.of("c", List.of(cart)))).isEqualTo(Map.of("c", List.of(cart)));
            assertThat(roundTrip(codec, Colour.GREEN)).isEqualTo(Colour.GREEN);
        }
        assertThat(roundTrip(serial, new ArrayDeque<>(List.of(cart)))).isInstanceOf(ArrayDeque.class);
        assertThat((Cart[]) roundTrip(serial, new Cart[] {cart})).containsExactly(cart);
    }

    @Test
    void plainValuesAreTheSameInEachCodec() throws UnreadableAttributeException {
        byte[] bytes = AttributeCodec.plain().encode("a", 7);

        assertThat(AttributeCodec.jackson(Cart.class).decode("a", bytes)).isEqualTo(7);
        assertThat(AttributeCodec.javaSerialization(Cart.class).decode("a", bytes))
                .isEqualTo(7);
    }

    @Test
    void jsonOfAChangedClassIsReadAsFarAsItFits() throws UnreadableAttributeException {
        String json = "{\"owner\":\"ann\",\"gone\":{\"x\":1}}";
        byte[] bytes = named(Cart.class.getName(), json.getBytes(StandardCharsets.UTF_8));

        assertThat(AttributeCodec.jackson(Cart.class).decode("a", bytes)).isEqualTo(new Cart("ann", null, null));
    }

    private static byte[] named(String name, byte[] value) {
        var writer = new dev.larder.patterns.session.internal.record.ByteWriter();
        writer.octet(TableCodec.NAMED);
        writer.text(name);
        writer.block(value);
        return writer.toByteArray();
    }

    /** Notes that it is initialised, which must never happen. */
    static final class Gadget implements Serializable {

        private static final long serialVersionUID = 1L;

        static {
            System.setProperty("larder.session.canary", "dead");
        }
    }

    /** As one who may write to the store would have made it; the class is named and not initialised by this JVM. */
    private static byte[] poison() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(new Basket("x"));
        }
        String written = bytes.toString(StandardCharsets.ISO_8859_1);
        assertThat(Gadget.class.getName()).hasSameSizeAs(Basket.class.getName());
        return written.replace(Basket.class.getName(), Gadget.class.getName()).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void classInBytesIsNeverInitialised() throws IOException {
        ObjectInputFilter own = ObjectInputFilter.Config.createFilter("java.lang.*;!*");
        List<AttributeCodec> codecs = List.of(
                AttributeCodec.plain(),
                AttributeCodec.jackson(Cart.class),
                AttributeCodec.javaSerialization(Cart.class),
                AttributeCodec.javaSerialization(own, null));
        byte[] json = "{}".getBytes(StandardCharsets.UTF_8);

        for (AttributeCodec codec : codecs) {
            assertThatThrownBy(() -> codec.decode("a", named("", poison())))
                    .isInstanceOf(UnreadableAttributeException.class);
            assertThatThrownBy(() -> codec.decode("a", named(Gadget.class.getName(), json)))
                    .isInstanceOf(UnreadableAttributeException.class);
        }

        assertThat(System.getProperty("larder.session.canary")).isNull();
    }

    /** A bean whose property could be anything. */
    static final class Holder {

        public Object content;
        public Class<?> type;
    }

    @Test
    void jsonNamesNoClassEither() throws UnreadableAttributeException {
        String name = Gadget.class.getName();
        AttributeCodec codec = AttributeCodec.jackson(Holder.class);
        byte[] typed = named(Holder.class.getName(), ("{\"type\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8));
        byte[] content = named(
                Holder.class.getName(),
                ("{\"content\":{\"@class\":\"" + name + "\"}}").getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> codec.decode("a", typed)).isInstanceOf(UnreadableAttributeException.class);
        assertThat(((Holder) codec.decode("a", content)).content).isInstanceOf(Map.class);

        assertThat(System.getProperty("larder.session.canary")).isNull();
    }

    @Test
    void damagedBytesAreAnUnreadableAttributeAndNothingElse() {
        Random random = new Random(7);
        AttributeCodec codec = AttributeCodec.javaSerialization(Cart.class, Colour.class);
        byte[] whole = codec.encode("a", List.of(new Cart("ann", List.of("tea"), Colour.RED), 1, "x"));
        SessionAttributesProbe probe = new SessionAttributesProbe(codec);

        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            probe.read(bytes);
        }
    }

    /** Reads bytes as a session does. */
    private record SessionAttributesProbe(AttributeCodec codec) {

        void read(byte[] bytes) {
            AttributeRules rules = new AttributeRules(codec, 1 << 20, false, false);
            SessionAttributes attributes = new SessionAttributes(Map.of("a", bytes), rules, (name, reason) -> {});
            assertThat(attributes.get("a"))
                    .satisfiesAnyOf(
                            read -> assertThat(read).isNull(),
                            read -> assertThat(read).isNotNull());
        }
    }
}
