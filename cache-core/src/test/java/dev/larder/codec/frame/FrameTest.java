package dev.larder.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.codec.Hex;
import dev.larder.codec.UnreadableReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static final byte[] KEY = {0x6B};

    private final byte[] bytes = new Frame(0, 1, 0x1F0BBD53, 1, Hex.bytes("0C0E")).toBytes(KEY);

    @Test
    void exampleInTheDocumentationIsTrue() {
        assertThat(Hex.of(bytes)).isEqualTo("4CA701000001" + "1F0BBD53" + "0000000000000001" + "2804F257" + "0C0E");
    }

    @Test
    void frameIsReadAsItWasWritten() {
        Frame frame = (Frame) Frame.read(KEY, new Frame(3, 65_535, -1, Long.MIN_VALUE, new byte[] {1}).toBytes(KEY));

        assertThat(frame.isCompressed()).isTrue();
        assertThat(frame.isEncrypted()).isTrue();
        assertThat(frame.codecId()).isEqualTo(65_535);
        assertThat(frame.fingerprint()).isEqualTo(-1);
        assertThat(frame.version()).isEqualTo(Long.MIN_VALUE);
        assertThat(frame.payload()).containsExactly(1);
    }

    @Test
    void headerTakesNoMoreThanTwentyFourBytes() {
        assertThat(bytes.length - 2).isEqualTo(Frame.HEADER_BYTES).isLessThanOrEqualTo(24);
    }

    @Test
    void bytesOfOthersAreForeign() {
        for (String text : new String[] {"", "{\"a\":1}", "L", "LARDER IS NOT THE ONLY ONE WHO WRITES HERE"}) {
            assertReason(KEY, text.getBytes(StandardCharsets.UTF_8), UnreadableReason.FOREIGN);
        }
        assertReason(KEY, Hex.bytes("ACED0005 7372".repeat(10)), UnreadableReason.FOREIGN);
    }

    @Test
    void laterFormatIsNewer() {
        bytes[2] = 2;
        assertReason(KEY, bytes, UnreadableReason.NEWER);
    }

    @Test
    void unknownFlagIsNewer() {
        bytes[3] = 4;
        assertReason(KEY, bytes, UnreadableReason.NEWER);
    }

    @Test
    void everyFlippedBitIsSeen() {
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(Frame.read(KEY, flipped)).isInstanceOf(FrameReading.Unreadable.class);
        }
    }

    @Test
    void everyTruncationIsSeen() {
        for (int length = 0; length < bytes.length; length++) {
            UnreadableReason reason = length < Frame.HEADER_BYTES ? UnreadableReason.FOREIGN : UnreadableReason.DAMAGED;
            assertReason(KEY, Arrays.copyOf(bytes, length), reason);
        }
    }

    @Test
    void frameUnderAnotherKeyIsDamaged() {
        assertReason(new byte[] {0x6C}, bytes, UnreadableReason.DAMAGED);
    }

    private static void assertReason(byte[] key, byte[] bytes, UnreadableReason reason) {
        assertThat(Frame.read(key, bytes)).isEqualTo(FrameReading.unreadable(reason));
    }
}
