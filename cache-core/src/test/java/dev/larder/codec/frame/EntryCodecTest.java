package dev.larder.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.codec.CodecException;
import dev.larder.codec.CodecLimits;
import dev.larder.codec.TypeRef;
import dev.larder.codec.UnreadableReason;
import dev.larder.codec.ValueCodec;
import dev.larder.codec.ValueType;
import dev.larder.codec.frame.CodecSettings.Format;
import dev.larder.codec.jackson.JacksonCodec;
import dev.larder.codec.serial.SerialCodec;
import dev.larder.codec.table.TableCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntryCodecTest {

    private static final ValueType<String> STRING = ValueType.of(String.class);
    private static final ValueType<Object> ANY = ValueType.of(Object.class);

    private final EntryCodec<Object, Object> codec =
            CodecSettings.of(Object.class, Object.class).open("things", 7);
    private final byte[] key = codec.key("k");

    @Test
    void valueAndVersionComeBack() {
        EntryReading.Stored<Object> stored = stored(codec, codec.frame(key, List.of(1, "a"), -3));

        assertThat(stored.value()).isEqualTo(List.of(1, "a"));
        assertThat(stored.version()).isEqualTo(-3);
        assertThat(stored.payload()).isEqualTo(codec.payload(List.of(1, "a")));
    }

    @Test
    void typesChooseTheFormat() {
        assertThat(formatOf(ANY)).isEqualTo(TableCodec.ID);
        assertThat(formatOf(STRING)).isEqualTo(TableCodec.ID);
        assertThat(formatOf(ValueType.of(byte[].class))).isEqualTo(TableCodec.ID);
        assertThat(formatOf(ValueType.of(Thing.class))).isEqualTo(JacksonCodec.JSON_ID);
        assertThat(formatOf(ValueType.of(new TypeRef<List<Thing>>() {}))).isEqualTo(JacksonCodec.JSON_ID);
    }

    @Test
    void formatCanBeChosen() {
        assertThat(idOf(settings(ValueType.of(Thing.class)).format(Format.CBOR), thing()))
                .isEqualTo(JacksonCodec.CBOR_ID);
        assertThat(idOf(settings(STRING).format(Format.JSON), "v")).isEqualTo(JacksonCodec.JSON_ID);
        assertThat(idOf(settings(ANY).format(Format.SELF_DESCRIBING).allow(Thing.class), thing()))
                .isEqualTo(TableCodec.ID);
        assertThat(idOf(settings(STRING).format(Format.JAVA).allow(Thing.class), "v"))
                .isEqualTo(SerialCodec.ID);
        assertThat(idOf(settings(STRING).valueCodec(new Shouting()), "v")).isEqualTo(256);
    }

    @Test
    void formatAndCodecOfOnesOwnCannotBeCombined() {
        CodecSettings.Builder<String, String> both =
                settings(STRING).valueCodec(new Shouting()).format(Format.JSON);

        assertThatThrownBy(both::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a value codec of one's own cannot be combined with the format JSON");
    }

    @Test
    void idOfACodecMustFitTheFrame() {
        CodecSettings<String, String> outsized = settings(STRING)
                .valueCodec(new Shouting() {
                    @Override
                    public int id() {
                        return 65_536;
                    }
                })
                .build();

        assertThatThrownBy(() -> outsized.open("c", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("must be 1 to 65535: 65536");
    }

    @Test
    void javaSerialisationNeedsClassesToAllow() {
        CodecSettings<String, String> java =
                settings(STRING).format(Format.JAVA).build();

        assertThatThrownBy(() -> java.open("c", 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"allow\", which is empty");
    }

    @Test
    void valueOfAnotherCodecOrTypeIsAMiss() {
        EntryCodec<String, String> json =
                settings(STRING).format(Format.JSON).build().open("things", 7);
        EntryCodec<String, String> typed = settings(STRING).build().open("things", 7);

        assertReason(json, codec.frame(key, "v", 1), UnreadableReason.OTHER_CODEC);
        assertReason(typed, codec.frame(key, "v", 1), UnreadableReason.OTHER_TYPE);
    }

    @Test
    void missesAreCountedByReason() {
        codec.read(key, new byte[3]);
        codec.read(key, new byte[300]);
        byte[] frame = codec.frame(key, "v", 1);
        codec.withEpoch(8).read(codec.key("other"), frame);

        assertThat(codec.unreadable().snapshot())
                .isEqualTo(Map.of(UnreadableReason.FOREIGN, 2L, UnreadableReason.DAMAGED, 1L));
        assertThat(codec.unreadable().total()).isEqualTo(3);
        assertThat(codec.unreadable()).hasToString("{FOREIGN=2, DAMAGED=1}");
    }

    @Test
    void codecThatFailsIsAMiss() {
        EntryCodec<String, String> shouting =
                settings(STRING).valueCodec(new Shouting()).build().open("c", 0);

        assertReason(shouting, shouting.frame(key, "throw", 1), UnreadableReason.UNDECODABLE);
        assertReason(shouting, shouting.frame(key, "recurse", 1), UnreadableReason.UNDECODABLE);
    }

    @Test
    void valueThatCannotBeWrittenIsAnErrorWithTheNameOfTheCache() {
        assertThatThrownBy(() -> codec.frame(key, new Thing("secret"), 1))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith("cache \"things\": class " + Thing.class.getName())
                .hasMessageContaining("\"allow\"")
                .hasMessageNotContaining("secret");
    }

    @Test
    void limitsHoldOnBothWays() {
        EntryCodec<Object, Object> narrow = settings(ANY, ANY)
                .limits(CodecLimits.standard().withMaxValueBytes(100).withMaxKeyBytes(50))
                .build()
                .open("things", 7);
        EntryCodec<String, String> shouting = settings(STRING)
                .valueCodec(new Shouting())
                .limits(CodecLimits.standard().withMaxValueBytes(100))
                .build()
                .open("c", 0);

        assertThatThrownBy(() -> narrow.frame(key, "v".repeat(100), 1)).hasMessageContaining("maxValueBytes");
        assertThatThrownBy(() -> shouting.frame(key, "v".repeat(101), 1)).hasMessageContaining("maxValueBytes");
        assertThatThrownBy(() -> narrow.key("k".repeat(50))).hasMessageContaining("maxKeyBytes");
        assertReason(narrow, codec.frame(key, "v".repeat(100), 1), UnreadableReason.TOO_LARGE);
        assertReason(narrow, codec.frame(key, "v".repeat(1000), 1), UnreadableReason.TOO_LARGE);
        assertThat(narrow.keyOf(codec.key("k".repeat(50)))).isNull();
    }

    @Test
    void largeValueIsCompressed() {
        EntryCodec<String, String> compressing = settings(STRING)
                .compression(Compression.deflate())
                .encryption(Encryption.writingWith("k", new byte[32]))
                .build()
                .open("things", 7);
        String text = "again and ".repeat(1000);

        byte[] frame = compressing.frame(key, text, 1);

        assertThat(frame).hasSizeLessThan(1000);
        assertThat(stored(compressing, frame).value()).isEqualTo(text);
        assertThat(stored(compressing, compressing.frame(key, "short", 1)).value())
                .isEqualTo("short");
    }

    @Test
    void compressedValueIsReadWhereCompressionIsOff() {
        EntryCodec<Object, Object> compressing =
                settings(ANY, ANY).compression(Compression.deflate()).build().open("things", 7);

        byte[] frame = compressing.frame(key, "again and ".repeat(1000), 1);

        assertThat(stored(codec, frame).value()).isEqualTo("again and ".repeat(1000));
    }

    @Test
    void storedValueIsComparedByItsBytesOrByEquals() {
        Map<Object, Object> oneWay = new LinkedHashMap<>();
        oneWay.put("a", 1);
        oneWay.put("b", 2);
        Map<Object, Object> otherWay = new LinkedHashMap<>();
        otherWay.put("b", 2);
        otherWay.put("a", 1);
        EntryReading.Stored<Object> stored = stored(codec, codec.frame(key, oneWay, 1));

        assertThat(codec.holds(stored, oneWay)).isTrue();
        assertThat(codec.holds(stored, otherWay)).isTrue();
        assertThat(codec.holds(stored, Map.of("a", 1))).isFalse();
        assertThat(codec.holds(stored(codec, codec.frame(key, new byte[] {1}, 1)), new byte[] {1}))
                .isTrue();
    }

    @Test
    void versionIsNoPartOfTheComparison() {
        assertThat(stored(codec, codec.frame(key, "v", 1)).payload())
                .isEqualTo(stored(codec, codec.frame(key, "v", 2)).payload());
    }

    @Test
    void frameOfThePastEpochIsNotReadUnderTheKeyOfTheNext() {
        EntryCodec<Object, Object> cleared = codec.withEpoch(8);

        assertThat(cleared.key("k")).isNotEqualTo(key);
        assertThat(cleared.keyOf(key)).isNull();
        assertThat(cleared.space()).isEqualTo(new KeySpace("", "things", 8));
    }

    @Test
    void textOfAnotherProgramIsAMiss() {
        assertReason(codec, "{\"value\":1}".getBytes(StandardCharsets.UTF_8), UnreadableReason.FOREIGN);
    }

    private int formatOf(ValueType<?> type) {
        Object value = type.rawClass() == Thing.class
                ? thing()
                : type.rawClass() == List.class
                        ? List.of(thing())
                        : type.rawClass() == byte[].class ? new byte[1] : "v";
        return idOf(untyped(type), value);
    }

    @SuppressWarnings("unchecked") // the value is of that type
    private static CodecSettings.Builder<String, Object> untyped(ValueType<?> type) {
        return settings((ValueType<Object>) type);
    }

    private <V> int idOf(CodecSettings.Builder<String, V> settings, V value) {
        byte[] frame = settings.build().open("c", 0).frame(key, value, 1);
        return ((Frame) Frame.read(key, frame)).codecId();
    }

    private <V> EntryReading.Stored<V> stored(EntryCodec<?, V> reader, byte[] frame) {
        return (EntryReading.Stored<V>) reader.read(key, frame);
    }

    private <V> void assertReason(EntryCodec<?, V> reader, byte[] frame, UnreadableReason reason) {
        assertThat(reader.read(key, frame)).isEqualTo(new EntryReading.Unreadable<V>(reason));
    }

    private static <V> CodecSettings.Builder<String, V> settings(ValueType<V> valueType) {
        return settings(STRING, valueType);
    }

    private static <K, V> CodecSettings.Builder<K, V> settings(ValueType<K> keyType, ValueType<V> valueType) {
        return CodecSettings.builder(keyType, valueType);
    }

    private static Thing thing() {
        return new Thing("name");
    }

    public record Thing(String name) {}

    /** A codec as a user might write one. */
    private static class Shouting implements ValueCodec<String> {

        @Override
        public int id() {
            return FIRST_FOREIGN_ID;
        }

        @Override
        public int fingerprint() {
            return 0;
        }

        @Override
        public byte[] encode(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] payload) {
            if (Arrays.equals(payload, encode("throw"))) {
                throw new IllegalStateException("thrown");
            }
            return Arrays.equals(payload, encode("recurse"))
                    ? decode(payload)
                    : new String(payload, StandardCharsets.UTF_8);
        }
    }
}
