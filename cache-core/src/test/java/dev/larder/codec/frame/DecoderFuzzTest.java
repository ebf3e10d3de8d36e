package dev.larder.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.codec.Hex;
import dev.larder.codec.Mutations;
import dev.larder.codec.TypeRef;
import dev.larder.codec.UndecodableException;
import dev.larder.codec.ValueCodec;
import dev.larder.codec.ValueType;
import dev.larder.codec.jackson.JacksonCodec;
import dev.larder.codec.serial.SerialCodec;
import dev.larder.codec.table.TableCodec;
import dev.larder.copy.AllocatedBytes;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Feeds broken bytes to everything that reads bytes. Each must end in a value or a counted miss, within its memory. */
class DecoderFuzzTest {

    private static final int FRAMES = Boolean.getBoolean("larder.stress") ? 1_000_000 : 100_000;
    private static final long SEED = Long.getLong("larder.seed", 20_261_123L);

    private static final int MEMORY_PER_BYTE = 64;

    /**
     * Shorter ones count as this long, because some memory is taken once: Jackson's buffers, and the 128 KiB that Java
     * serialisation keeps ready for a text of which it has read the length only.
     */
    private static final int SHORTEST_INPUT = 4096;

    private static final byte[] KEY = {0x6B};
    private static final ValueType<Object> ANY = ValueType.of(Object.class);
    private static final ValueType<List<Order>> ORDERS = ValueType.of(new TypeRef<List<Order>>() {});

    /**
     * One thing that reads bytes.
     *
     * @param reads takes the bytes, and may throw nothing but {@link UndecodableException}
     * @param good bytes that it can read
     */
    private record Decoder(String name, Consumer<byte[]> reads, List<byte[]> good) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Decoder> decoders() {
        List<Decoder> decoders = new ArrayList<>();
        decoders.add(ofCodec("table", ANY, table(), values()));
        decoders.add(ofCodec("json", ORDERS, JacksonCodec.json(ORDERS), List.of(orders())));
        decoders.add(ofCodec("cbor", ORDERS, JacksonCodec.cbor(ORDERS), List.of(orders())));
        decoders.add(ofCodec("java", ANY, java(), serialisable()));
        decoders.add(keys());
        decoders.add(inflating());
        decoders.add(decrypting());
        decoders.add(frames("frame", CodecSettings.builder(ANY, ANY)));
        decoders.add(frames(
                "compressed and encrypted frame",
                CodecSettings.builder(ANY, ANY)
                        .compression(Compression.deflate().from(10))
                        .encryption(encryption())));
        return decoders;
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void brokenBytesEndInAValueOrAMissWithinBoundedMemory(Decoder decoder) {
        Mutations mutations = new Mutations(SEED, decoder.good());
        decoder.good().forEach(decoder.reads()); // loads classes
        for (int i = 0; i < FRAMES; i++) {
            byte[] bytes = mutations.next();
            long allocated = memoryOf(decoder, bytes);
            if (allocated > (long) MEMORY_PER_BYTE * Math.max(SHORTEST_INPUT, bytes.length)) {
                allocated = memoryOf(decoder, bytes); // once more: the first time may have loaded classes
            }
            assertMemory(decoder, bytes, allocated);
        }
    }

    /** Large ones, made to take as much memory a byte as can be. */
    @ParameterizedTest
    @MethodSource("greedy")
    void greedyBytesTakeBoundedMemory(Decoder decoder) {
        for (byte[] bytes : decoder.good()) {
            memoryOf(decoder, bytes);

            assertMemory(decoder, bytes, memoryOf(decoder, bytes));
        }
    }

    static List<Decoder> greedy() {
        ValueType<List<List<Object>>> lists = ValueType.of(new TypeRef<List<List<Object>>>() {});
        return List.of(
                new Decoder(
                        "table",
                        table()::decode,
                        List.of(
                                listOf("4000", 50_000),
                                listOf("4101" + "01", 50_000),
                                listOf("4301" + "0C02", 50_000),
                                listOf("4401" + "01" + "01", 50_000),
                                listOf("4501" + "01" + "01", 50_000),
                                listOf("4601" + "0C02" + "01", 50_000),
                                listOf("1400", 50_000),
                                listOf("100100", 50_000),
                                listOf("11000100", 50_000),
                                listOf("3A00", 50_000),
                                listOf("04" + "0C02", 50_000),
                                promisingLists())),
                new Decoder(
                        "json lists",
                        JacksonCodec.json(lists)::decode,
                        List.of(
                                ascii("[" + "[],".repeat(50_000) + "[]]"),
                                ascii("[[" + "{},".repeat(50_000) + "{}]]"),
                                ascii("[[" + "1,".repeat(50_000) + "1]]"))),
                new Decoder(
                        "json orders",
                        JacksonCodec.json(ORDERS)::decode,
                        List.of(ascii("[" + "{\"quantity\":1},".repeat(20_000) + "{\"quantity\":1}]"))),
                new Decoder(
                        "cbor lists",
                        JacksonCodec.cbor(lists)::decode,
                        List.of(
                                Hex.bytes("9F" + "80".repeat(50_000) + "FF"),
                                Hex.bytes("9F9F" + "40".repeat(50_000) + "FFFF"))),
                new Decoder(
                        "java",
                        java()::decode,
                        List.of(
                                java().encode(new ArrayList<>(List.of(new HashMap<>(), new HashMap<>(Map.of(1, 1))))),
                                java().encode(new Object[1000][]),
                                java().encode(new long[10_000]))));
    }

    private static void assertMemory(Decoder decoder, byte[] bytes, long allocated) {
        if (allocated > (long) MEMORY_PER_BYTE * Math.max(SHORTEST_INPUT, bytes.length)) {
            String shown = Hex.of(bytes.length > 300 ? Arrays.copyOf(bytes, 300) : bytes);
            throw new AssertionError(decoder + " took " + allocated + " bytes for " + bytes.length + ": " + shown);
        }
    }

    private static long memoryOf(Decoder decoder, byte[] bytes) {
        long before = AllocatedBytes.ofThisThread();
        try {
            decoder.reads().accept(bytes);
        } catch (UndecodableException miss) {
            assertThat(miss.reason()).isNotNull();
        } catch (RuntimeException | Error failure) {
            throw new AssertionError(decoder + ", seed " + SEED + ": " + Hex.of(bytes), failure);
        }
        return AllocatedBytes.ofThisThread() - before;
    }

    /** Reads as a cache would, with a right frame around the bytes, so that they are all that is wrong. */
    private static <V> Decoder ofCodec(String name, ValueType<V> type, ValueCodec<V> codec, List<V> values) {
        EntryCodec<String, V> entries = CodecSettings.builder(ValueType.of(String.class), type)
                .valueCodec(codec)
                .build()
                .open("c", 0);
        Consumer<byte[]> reads =
                payload -> entries.read(KEY, new Frame(0, codec.id(), codec.fingerprint(), 1, payload).toBytes(KEY));
        return new Decoder(name, reads, values.stream().map(codec::encode).toList());
    }

    private static Decoder keys() {
        EntryCodec<Object, Object> codec =
                CodecSettings.of(Object.class, Object.class).open("c", 0);
        List<byte[]> good =
                List.of(codec.key(1), codec.key("key"), codec.key(List.of(UUID.randomUUID(), Set.of(1, 2))));
        return new Decoder("keys", codec::keyOf, good);
    }

    private static Decoder inflating() {
        Compression compression = Compression.deflate().from(10);
        List<byte[]> good = List.of(
                compression.compress(ascii("text and ".repeat(50))),
                compression.compress(new byte[10_000]),
                compression.compress(ascii(orders().toString())));
        return new Decoder("deflate", bytes -> Compression.inflate(bytes, 1 << 24), good);
    }

    private static Decoder decrypting() {
        byte[] surroundings = new byte[40];
        List<byte[]> good = List.of(
                encryption().seal(new byte[0], surroundings), encryption().seal(ascii("a value"), surroundings));
        return new Decoder("aes", bytes -> encryption().open(bytes, surroundings), good);
    }

    private static Decoder frames(String name, CodecSettings.Builder<Object, Object> settings) {
        EntryCodec<Object, Object> codec = settings.build().open("c", 0);
        List<byte[]> good = new ArrayList<>();
        values().stream()
                .filter(value -> !(value instanceof Order))
                .forEach(value -> good.add(codec.frame(KEY, value, 1)));
        return new Decoder(name, bytes -> codec.read(KEY, bytes), good);
    }

    private static Encryption encryption() {
        return Encryption.writingWith("key", new byte[32]);
    }

    private static TableCodec<Object> table() {
        return TableCodec.builder().allow("order", Order.class).build();
    }

    private static ValueCodec<Object> java() {
        return SerialCodec.builder(ANY).allow(Order.class).allow(TimeUnit.class).build();
    }

    private static List<Object> values() {
        return List.of(
                "text",
                List.of(1, 2L, 'c', 1.5, true, "half \uD83D", new BigDecimal("1.50")),
                Map.of("set", Set.of(UUID.randomUUID(), LocalDate.EPOCH), "list", List.of(List.of(Optional.of("x")))),
                new LinkedHashMap<>(Map.of(1, new byte[] {1, 2}, 2, new int[] {3}, 3, new double[] {4})),
                new TreeMap<>(Map.of("a", Instant.EPOCH, "b", ZonedDateTime.now(ZoneId.of("Europe/Berlin")))),
                Arrays.asList(Locale.GERMANY, null, new String[] {"s"}, new Object[] {1}, new char[] {'a'}),
                "long text ".repeat(200));
    }

    private static List<Object> serialisable() {
        return List.of(
                orders().get(0),
                new ArrayList<>(orders()),
                new HashMap<>(Map.of("k", 1, "l", List.of(1))),
                new Object[] {TimeUnit.DAYS, new int[] {1}, UUID.randomUUID(), Instant.EPOCH});
    }

    private static List<Order> orders() {
        return List.of(
                new Order("o-1", 3, new BigDecimal("12.50"), Instant.EPOCH, List.of("a", "b"), new byte[] {1, 2}),
                new Order("o-2", -1, null, null, List.of(), null));
    }

    private static byte[] listOf(String element, int count) {
        int length = count;
        StringBuilder hex = new StringBuilder("40");
        for (; length > 0x7F; length >>>= 7) {
            hex.append("%02X".formatted((length & 0x7F) | 0x80));
        }
        return Hex.bytes(hex.append("%02X".formatted(length)) + element.repeat(count));
    }

    /** Lists in lists of which each claims all that is left. */
    private static byte[] promisingLists() {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            hex.append("40").append("D08603"); // 50,000
        }
        return Hex.bytes(hex + "01".repeat(50_010));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What a user might keep. */
    @SuppressWarnings("ArrayRecordComponent") // users do that
    public record Order(String id, int quantity, BigDecimal total, Instant time, List<String> tags, byte[] raw)
            implements Serializable {}
}
