package dev.larder.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.codec.Hex;
import dev.larder.codec.TypeRef;
import dev.larder.codec.ValueType;
import dev.larder.codec.frame.CodecSettings.Format;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frames and keys as version 0.1.0 wrote them, in {@code frames-1.txt}, which is kept for ever: a later version reads
 * them, and as long as the format is 1 it writes the same. Whoever must change a line here makes a new format.
 */
class GoldenFramesTest {

    private static final byte[] SECRET = "0123456789abcdef0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final String LONG_TEXT = "again and ".repeat(200);

    private static final ValueType<String> STRING = ValueType.of(String.class);
    private static final ValueType<Object> ANY = ValueType.of(Object.class);
    private static final ValueType<List<Price>> PRICES =
            ValueType.of(new TypeRef<List<Price>>() {}).named("prices");

    /**
     * A line of the file: what was written, how, and whether it is written the same each time (not where there is a nonce
     * in it, or bytes of a zlib that may get better).
     */
    private record Golden<V>(String name, CodecSettings.Builder<String, V> settings, V value, boolean isRepeatable) {

        EntryCodec<String, V> codec() {
            return settings.namespace("shop").build().open("golden", 0x0123_4567_89AB_CDEFL);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Golden<?>> goldens() {
        return List.of(
                new Golden<>("text", settings(STRING), "a text", true),
                new Golden<>("table", settings(ANY).allow("price", Price.class), everything(), true),
                new Golden<>("json", settings(PRICES), prices(), true),
                new Golden<>("cbor", settings(PRICES).format(Format.CBOR), prices(), true),
                new Golden<>("java", settings(PRICES).format(Format.JAVA).allow(Price.class), prices(), true),
                new Golden<>("compressed", settings(STRING).compression(Compression.deflate()), LONG_TEXT, false),
                new Golden<>("encrypted", settings(STRING).encryption(encryption()), "a text", false),
                new Golden<>(
                        "both",
                        settings(STRING).compression(Compression.deflate()).encryption(encryption()),
                        LONG_TEXT,
                        false));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    <V> void frameOfThePastIsRead(Golden<V> golden) throws IOException {
        byte[] key = Hex.bytes(line("key"));
        byte[] frame = Hex.bytes(line(golden.name()));

        EntryReading<V> reading = golden.codec().read(key, frame);

        assertThat(reading).isInstanceOfSatisfying(EntryReading.Stored.class, stored -> {
            assertThat(stored.value()).isEqualTo(golden.value());
            assertThat(stored.version()).isEqualTo(42);
        });
    }

    @ParameterizedTest
    @MethodSource("goldens")
    <V> void frameIsWrittenAsInThePast(Golden<V> golden) throws IOException {
        byte[] key = golden.codec().key("a key");
        String frame = Hex.of(golden.codec().frame(key, golden.value(), 42));

        if (golden.isRepeatable()) {
            assertThat(frame).isEqualTo(line(golden.name()));
        } else {
            assertThat(frame).startsWith(line(golden.name()).substring(0, 2 * 18));
        }
    }

    @Test
    void keyIsWrittenAsInThePast() throws IOException {
        EntryCodec<Object, Object> codec =
                CodecSettings.builder(ANY, ANY).namespace("shop").build().open("golden", 0x0123_4567_89AB_CDEFL);

        assertThat(Hex.of(codec.key("a key"))).isEqualTo(line("key"));
        assertThat(Hex.of(codec.key(everythingThatIsAKey()))).isEqualTo(line("large-key"));
        assertThat(codec.keyOf(Hex.bytes(line("large-key")))).isEqualTo(everythingThatIsAKey());
    }

    private static String line(String name) throws IOException {
        try (InputStream file = GoldenFramesTest.class.getResourceAsStream("frames-1.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no golden " + name));
        }
    }

    private static <V> CodecSettings.Builder<String, V> settings(ValueType<V> type) {
        return CodecSettings.builder(STRING, type);
    }

    private static Encryption encryption() {
        return Encryption.writingWith("2026-07", SECRET);
    }

    private static List<Price> prices() {
        return List.of(new Price("a", new BigDecimal("1.50"), Instant.EPOCH), new Price("b", BigDecimal.TEN, null));
    }

    private static Object everything() {
        Map<Object, Object> all = new LinkedHashMap<>();
        all.put("price", prices().get(0));
        all.put("optional", Optional.of(1));
        all.put("key", everythingThatIsAKey());
        return all;
    }

    private static List<Object> everythingThatIsAKey() {
        return List.of(
                true,
                'c',
                (byte) -1,
                (short) -1,
                -1,
                -1L,
                -1f,
                -1d,
                new BigDecimal("-1.5"),
                "text",
                "half \uD83D",
                new UUID(1, 2),
                Instant.EPOCH,
                Set.of(3, 1, 2),
                Map.of("b", 1, "a", List.of()));
    }

    public record Price(String id, BigDecimal amount, Instant since) implements Serializable {}
}
