package dev.larder.redis.internal.news;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.News.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for a message, of all that may be published. */
class MessageTest {

    private static final int KEY_LENGTH_AT = 10;

    private static final byte[] UPDATE = message(2, 3, 5, 2);

    /** Returns a message as a script makes it, of parts of these lengths. */
    private static byte[] message(int kind, int key, int stored, int previous) {
        byte[] start = Message.start(77);
        return ByteBuffer.allocate(Message.HEADER_BYTES + key + stored + previous)
                .put(start)
                .put((byte) kind)
                .putInt(key)
                .putInt(stored)
                .putInt(previous)
                .put(bytes('k', key))
                .put(bytes('s', stored))
                .put(bytes('p', previous))
                .array();
    }

    private static byte[] bytes(char each, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) each);
        return bytes;
    }

    @Test
    void messageIsTakenApart() {
        Message message = Objects.requireNonNull(Message.of(UPDATE));

        assertThat(message.kind()).isEqualTo(Kind.UPDATED);
        assertThat(message.key()).asString().isEqualTo("kkk");
        assertThat(message.stored()).asString().isEqualTo("sssss");
        assertThat(message.previous()).asString().isEqualTo("pp");
    }

    @Test
    void updateMayDependOnWhatWasThere() {
        Message replacement = Objects.requireNonNull(Message.of(message(5, 3, 5, 2)));

        assertThat(replacement.kind()).isEqualTo(Kind.UPDATED);
        assertThat(replacement.replaces()).isTrue();
        assertThat(Objects.requireNonNull(Message.of(UPDATE)).replaces()).isFalse();
    }

    @Test
    void partsThatAreNotThereAreNull() {
        Message removal = Objects.requireNonNull(Message.of(message(3, 3, 0, 0)));

        assertThat(removal.kind()).isEqualTo(Kind.REMOVED);
        assertThat(removal.stored()).isNull();
        assertThat(removal.previous()).isNull();
    }

    @Test
    void messageIsOfItsOriginAlone() {
        assertThat(Message.isFrom(Message.start(77), UPDATE)).isTrue();
        assertThat(Message.isFrom(Message.start(78), UPDATE)).isFalse();
        assertThat(Message.isFrom(Message.start(77), new byte[3])).isFalse();
    }

    @Test
    void whatIsShorterOrLongerIsNoMessage() {
        assertThat(IntStream.range(0, UPDATE.length))
                .allSatisfy(length ->
                        assertThat(Message.of(Arrays.copyOf(UPDATE, length))).isNull());
        assertThat(Message.of(Arrays.copyOf(UPDATE, UPDATE.length + 1))).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 30})
    void lengthsThatAreNotThereTakeNoMemory(int length) {
        for (int at = KEY_LENGTH_AT; at < Message.HEADER_BYTES; at += Integer.BYTES) {
            byte[] damaged = UPDATE.clone();
            ByteBuffer.wrap(damaged).putInt(at, length);

            assertThat(Message.of(damaged)).isNull();
        }
    }

    @Test
    void otherVersionOrKindIsNoMessage() {
        byte[] newer = UPDATE.clone();
        newer[0] = 2;

        assertThat(Message.of(newer)).isNull();
        assertThat(Message.of(message(0, 3, 5, 2))).isNull();
        assertThat(Message.of(message(6, 3, 5, 2))).isNull();
        assertThat(Message.of(message(-1, 3, 5, 2))).isNull();
    }

    @Test
    void anythingIsAMessageOrNone() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = UPDATE.clone();
            for (int change = 0; change < 3; change++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Message message = Message.of(bytes);
            assertThat(message == null || message.key().length <= bytes.length).isTrue();
        }
    }
}
