package dev.larder.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.codec.UndecodableException;
import dev.larder.codec.UnreadableReason;
import dev.larder.copy.AllocatedBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {

    private static final int MAX = 1 << 30;

    private final Compression compression = Compression.deflate();

    @ParameterizedTest
    @ValueSource(ints = {1024, 1025, 100_000, 5_000_000})
    void compressedPayloadComesBack(int length) {
        byte[] payload = text(length);

        byte[] compressed = compression.compress(payload);

        assertThat(compressed.length).isLessThan(payload.length / 2);
        assertThat(Compression.inflate(compressed, length)).isEqualTo(payload);
    }

    @Test
    void smallPayloadStaysAsItIs() {
        byte[] payload = text(1023);

        assertThat(compression.compress(payload)).isSameAs(payload);
        assertThat(compression.from(1000).compress(payload)).isNotSameAs(payload);
    }

    @Test
    void payloadThatDoesNotShrinkStaysAsItIs() {
        byte[] noise = new byte[10_000];
        new Random(1).nextBytes(noise);

        assertThat(compression.compress(noise)).isSameAs(noise);
    }

    @Test
    void nothingShrinksBelowTheRatio() {
        byte[] zeros = new byte[1_000_000];

        byte[] compressed = compression.compress(zeros);

        assertThat(compressed).hasSize(zeros.length / Compression.MAX_RATIO);
        assertThat(Compression.inflate(compressed, zeros.length)).isEqualTo(zeros);
    }

    /** A kilobyte that says it is a gigabyte, and the limits would have it. */
    @Test
    void bombThatTellsIsRefusedBeforeItIsInflated() {
        byte[] bomb = bomb(1 << 30, 1024);

        assertTooLargeWithin(4096, bomb);
    }

    /** A kilobyte that inflates to a megabyte and says it is 48 kilobytes. */
    @Test
    void bombThatLiesIsRefusedAtItsWord() {
        byte[] bomb = bomb(1024 * Compression.MAX_RATIO, 1024);

        assertThat(refuse(bomb).bytes()).isLessThan(64 * 1024 + 50_000);
    }

    @Test
    void statedLengthBeyondTheLimitIsTooLarge() {
        byte[] compressed = compression.compress(text(2000));

        assertThatThrownBy(() -> Compression.inflate(compressed, 1999))
                .isInstanceOfSatisfying(
                        UndecodableException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(UnreadableReason.TOO_LARGE));
    }

    @Test
    void brokenBytesAreUndecodable() {
        byte[] compressed = compression.compress(text(2000));
        byte[] otherAlgorithm = compressed.clone();
        otherAlgorithm[0] = 9;
        byte[] longer = compressed.clone();
        longer[4]++;
        byte[] shorter = compressed.clone();
        shorter[4]--;

        assertUndecodable(otherAlgorithm);
        assertUndecodable(longer);
        assertUndecodable(shorter);
        assertUndecodable(new byte[0]);
        assertUndecodable(new byte[] {1, 0, 0, 0, 10, -1, -1});
        assertUndecodable(Arrays.copyOf(compressed, compressed.length / 2));
    }

    @Test
    void thresholdMustBePositive() {
        assertThatThrownBy(() -> compression.from(0)).hasMessage("the threshold of compression must be positive: 0");
        assertThat(compression.from(7)).hasToString("deflate from 7 bytes");
    }

    private static void assertUndecodable(byte[] bytes) {
        assertThatThrownBy(() -> Compression.inflate(bytes, MAX)).isInstanceOf(UndecodableException.class);
    }

    private static void assertTooLargeWithin(int maxBytes, byte[] bomb) {
        Refusal refusal = refuse(bomb);

        assertThat(refusal.reason()).isEqualTo(UnreadableReason.TOO_LARGE);
        assertThat(refusal.bytes()).isLessThan(maxBytes);
    }

    /** Why something was refused, and what memory that took. */
    private record Refusal(UnreadableReason reason, long bytes) {}

    private static Refusal refuse(byte[] bomb) {
        assertUndecodable(bomb); // loads classes
        long before = AllocatedBytes.ofThisThread();
        try {
            Compression.inflate(bomb, MAX);
        } catch (UndecodableException failure) {
            return new Refusal(failure.reason(), AllocatedBytes.ofThisThread() - before);
        }
        throw new AssertionError("it was not refused");
    }

    private static byte[] bomb(int statedLength, int length) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(new byte[length * 1100]);
        deflater.finish();
        byte[] bomb = new byte[length];
        ByteBuffer.wrap(bomb).put((byte) 1).putInt(statedLength);
        deflater.deflate(bomb, Compression.HEADER_BYTES, length - Compression.HEADER_BYTES);
        deflater.end();
        return bomb;
    }

    private static byte[] text(int length) {
        StringBuilder text = new StringBuilder();
        Random random = new Random(length);
        while (text.length() < length) {
            text.append("line ").append(random.nextInt(100)).append(";\n");
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }
}
