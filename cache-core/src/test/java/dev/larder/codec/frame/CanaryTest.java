package dev.larder.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.larder.codec.CodecLimits;
import dev.larder.codec.Hex;
import dev.larder.codec.Parrot;
import dev.larder.codec.TypeRef;
import dev.larder.codec.ValueCodec;
import dev.larder.codec.ValueType;
import dev.larder.codec.jackson.JacksonCodec;
import dev.larder.codec.serial.SerialCodec;
import dev.larder.codec.table.TableCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names a class in the bytes of every format that could be made to load it. It must not even be initialised. */
class CanaryTest {

    private static final String CANARY = "dev.larder.codec.Canary";

    @AfterEach
    void canaryIsSilent() {
        assertThat(System.getProperty("larder.canary")).isNull();
    }

    @Test
    void serialisedCanaryStaysSilent() throws IOException {
        ValueCodec<Object> codec = SerialCodec.builder(ValueType.of(Object.class))
                .allow(Parrot.class)
                .build();

        for (Object parrot :
                List.of(new Parrot(), new Parrot[1], new ArrayList<>(List.of(new Parrot())), Parrot.class)) {
            assertMiss(codec, disguised(serialised(parrot)));
        }
    }

    @Test
    void canaryInJsonStaysSilent() {
        for (String json : List.of(
                "{\"@class\":\"C\"}",
                "[\"C\",{}]",
                "{\"any\":[\"C\",{}]}",
                "{\"any\":{\"@class\":\"C\"}}",
                "{\"@type\":\"C\"}",
                "{\"type\":\"C\"}",
                "{\"list\":[\"[LC;\",[{}]]}")) {
            byte[] bytes = json.replace("C", CANARY).getBytes(StandardCharsets.UTF_8);
            read(JacksonCodec.json(ValueType.of(Holder.class)), bytes);
            read(JacksonCodec.json(ValueType.of(ByClass.class)), bytes);
            read(JacksonCodec.json(ValueType.of(WithClass.class)), bytes);
            read(JacksonCodec.json(ValueType.of(new TypeRef<Map<Class<?>, Object>>() {})), bytes);
            read(JacksonCodec.json(ValueType.of(new TypeRef<List<Object>>() {})), bytes);
        }
    }

    @Test
    void classByNameInJsonIsAMiss() {
        assertMiss(JacksonCodec.json(ValueType.of(ByClass.class)), json("{\"@class\":\"" + CANARY + "\"}"));
        assertMiss(JacksonCodec.json(ValueType.of(WithClass.class)), json("{\"type\":\"" + CANARY + "\"}"));
        assertMiss(
                JacksonCodec.json(ValueType.of(new TypeRef<Map<Class<?>, Object>>() {})),
                json("{\"" + CANARY + "\":1}"));
    }

    @Test
    void classByNameInCborIsAMiss() {
        String name = Hex.of(CANARY.getBytes(StandardCharsets.UTF_8));
        byte[] typed = Hex.bytes("A1" + "66" + Hex.of("@class".getBytes(StandardCharsets.UTF_8)) + "77" + name);
        byte[] field = Hex.bytes("A1" + "64" + Hex.of("type".getBytes(StandardCharsets.UTF_8)) + "77" + name);

        assertMiss(JacksonCodec.cbor(ValueType.of(ByClass.class)), typed);
        assertMiss(JacksonCodec.cbor(ValueType.of(WithClass.class)), field);
    }

    @Test
    void canaryInTheTableIsAMiss() {
        byte[] bytes = Hex.bytes("02" + "17" + Hex.of(CANARY.getBytes(StandardCharsets.UTF_8)) + "02" + "7B7D");

        assertMiss(TableCodec.builder().build(), bytes);
        assertMiss(TableCodec.builder().allow(Parrot.class).build(), bytes);
        EntryCodec<Object, Object> keys =
                CodecSettings.of(Object.class, Object.class).open("c", 0);
        assertThat(keys.keyOf(Hex.bytes(Hex.of(keys.keyPrefix()) + Hex.of(bytes))))
                .isNull();
    }

    @Test
    void canaryWouldSing() throws Exception {
        assertThat(new String(disguised(serialised(new Parrot())), StandardCharsets.ISO_8859_1))
                .contains(CANARY);
        assertThat(Class.forName(CANARY, false, getClass().getClassLoader()).getDeclaredFields())
                .isNotEmpty();
    }

    private static void assertMiss(ValueCodec<?> codec, byte[] bytes) {
        assertThat(read(codec, bytes)).isInstanceOf(EntryReading.Unreadable.class);
    }

    /** As a cache would, with a right frame around the bytes. */
    private static <V> EntryReading<V> read(ValueCodec<V> codec, byte[] bytes) {
        byte[] key = {1};
        EntryCodec<String, V> entries = CodecSettings.<String, V>builder(ValueType.of(String.class), anyType())
                .valueCodec(codec)
                .limits(CodecLimits.standard())
                .build()
                .open("c", 0);
        return entries.read(key, new Frame(0, codec.id(), codec.fingerprint(), 1, bytes).toBytes(key));
    }

    @SuppressWarnings("unchecked") // not looked at where a codec is given
    private static <V> ValueType<V> anyType() {
        return (ValueType<V>) ValueType.of(Object.class);
    }

    private static byte[] json(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] serialised(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private static byte[] disguised(byte[] parrot) {
        String text = new String(parrot, StandardCharsets.ISO_8859_1);
        return text.replace(Parrot.class.getName(), CANARY).getBytes(StandardCharsets.ISO_8859_1);
    }

    public record Holder(Object any, List<Object> list) {}

    public record WithClass(Class<?> type) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    public interface ByClass {}
}
