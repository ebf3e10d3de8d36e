package dev.larder.codec.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.codec.CodecException;
import dev.larder.codec.CodecLimits;
import dev.larder.codec.UndecodableException;
import dev.larder.codec.UnreadableReason;
import dev.larder.codec.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SerialCodecTest {

    private final SerialCodec<Object> codec = SerialCodec.builder(ValueType.of(Object.class))
            .allow(Order.class)
            .allow(Level.class)
            .build();

    static List<Object> values() {
        return List.of(
                new Order("a", List.of(1, 2), Map.of("k", Instant.EPOCH), new BigDecimal("1.5")),
                new ArrayList<>(Arrays.asList(1, null, "x")),
                new HashMap<>(Map.of(1, UUID.randomUUID(), 2, Level.LOW)),
                new LinkedHashMap<>(Map.of("a", Set.of())),
                new HashSet<>(List.of(1, 2, 3)),
                new TreeMap<>(Map.of("a", 1)),
                EnumSet.of(DayOfWeek.MONDAY),
                new EnumMap<>(Map.of(Level.HIGH, 1)),
                Collections.unmodifiableMap(new HashMap<>(Map.of(1, 1))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void allowedValueComesBackEqual(Object value) {
        assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    }

    @Test
    void arraysOfAllowedClassesComeBack() {
        Object[] orders = {new Order[] {order()}, new int[][] {{1}, {}}, new Object[] {null}};

        assertThat(Objects.deepEquals(codec.decode(codec.encode(orders)), orders))
                .isTrue();
    }

    @Test
    void withoutAnAllowListThereIsNoCodec() {
        assertThatThrownBy(() -> SerialCodec.builder(ValueType.of(Order.class)).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Java serialisation reads only the classes in \"allow\", which is empty; name the classes of"
                                + " your values there, or use JSON");
    }

    @Test
    void otherClassIsRefusedWhenWritten() {
        assertThatThrownBy(() -> codec.encode(List.of(new Other())))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(Other.class.getName() + " is not allowed")
                .hasMessageContaining("\"allow\"");
        assertThatThrownBy(() -> codec.encode(new Other[0])).hasMessageContaining("Other[] is not allowed");
    }

    @Test
    void otherClassIsUndecodableWhenRead() throws IOException {
        assertUnreadable(serialised(new Other()), UnreadableReason.UNDECODABLE);
        assertUnreadable(serialised(new Other[0]), UnreadableReason.UNDECODABLE);
        assertUnreadable(serialised(new ArrayList<>(List.of(new Other()))), UnreadableReason.UNDECODABLE);
    }

    @Test
    void lambdaAndProxyAreUndecodable() throws IOException {
        Runnable lambda = (Runnable & Serializable) () -> {};
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Runnable.class}, (InvocationHandler & Serializable)
                        (self, method, arguments) -> null);

        assertUnreadable(serialised(lambda), UnreadableReason.UNDECODABLE);
        assertUnreadable(serialised(proxy), UnreadableReason.UNDECODABLE);
    }

    @Test
    void depthIsLimited() throws IOException {
        Object nested = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            nested = new ArrayList<>(List.of(nested));
        }

        assertUnreadable(serialised(nested), UnreadableReason.TOO_LARGE);
    }

    /** Hashing these takes two to the power of their depth. */
    @Test
    void setsInSetsAreLimited() throws IOException {
        Set<Object> root = new HashSet<>();
        Set<Object> one = root;
        Set<Object> other = new HashSet<>();
        for (int i = 0; i < 24; i++) {
            Set<Object> nextOne = new HashSet<>(List.of("x"));
            Set<Object> nextOther = new HashSet<>();
            one.add(nextOne);
            one.add(nextOther);
            other.add(nextOne);
            other.add(nextOther);
            one = nextOne;
            other = nextOther;
        }

        assertUnreadable(serialised(root), UnreadableReason.TOO_LARGE);
    }

    @Test
    void objectsAreLimitedOnBothWays() throws IOException {
        SerialCodec<Object> narrow = SerialCodec.builder(ValueType.of(Object.class))
                .allow(Order.class)
                .limits(CodecLimits.standard().withSerial(20, 100))
                .build();
        List<Integer> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(i);
        }

        assertThatThrownBy(() -> narrow.encode(many))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("more than 100 objects");
        byte[] bytes = serialised(many);
        assertThatThrownBy(() -> narrow.decode(bytes)).isInstanceOf(UndecodableException.class);
    }

    @Test
    void arrayLongerThanItsBytesIsTooLarge() throws IOException {
        byte[] bytes = serialised(new long[] {7});
        int length = bytes.length - Long.BYTES - Integer.BYTES;
        bytes[length] = 0x7F;

        assertUnreadable(bytes, UnreadableReason.TOO_LARGE);
    }

    @Test
    void whatIsNotSerializableIsRefused() {
        SerialCodec<Object> allowing = SerialCodec.builder(ValueType.of(Object.class))
                .allow(Plain.class)
                .build();

        assertThatThrownBy(() -> allowing.encode(new Plain()))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Plain is not Serializable");
    }

    @Test
    void valueOfAnotherTypeOrNoneIsUndecodable() throws IOException {
        SerialCodec<Order> orders = SerialCodec.builder(ValueType.of(Order.class))
                .allow(Order.class)
                .build();
        byte[] number = serialised(7);
        byte[] nothing = serialised(null);

        assertThatThrownBy(() -> orders.decode(number)).isInstanceOf(UndecodableException.class);
        assertThatThrownBy(() -> orders.decode(nothing)).isInstanceOf(UndecodableException.class);
    }

    private void assertUnreadable(byte[] bytes, UnreadableReason reason) {
        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOfSatisfying(
                        UndecodableException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    private static byte[] serialised(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private static Order order() {
        return new Order("a", List.of(), Map.of(), BigDecimal.ONE);
    }

    record Order(String id, List<Integer> lines, Map<String, Instant> times, BigDecimal total)
            implements Serializable {}

    enum Level {
        LOW,
        HIGH {
            @Override
            public String toString() {
                return "high";
            }
        }
    }

    static class Other implements Serializable {}

    static class Plain {}
}
