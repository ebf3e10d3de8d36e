package dev.larder.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.codec.Hex;
import dev.larder.codec.UnreadableReason;
import dev.larder.codec.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EncryptionTest {

    private static final byte[] SECRET = "0123456789abcdef0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER_SECRET = "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.US_ASCII);

    private final EntryCodec<String, String> codec = codec("users", Encryption.writingWith("one", SECRET));
    private final byte[] key = codec.key("k");

    @Test
    void encryptedValueComesBack() {
        byte[] frame = codec.frame(key, "the value", 5);

        EntryReading.Stored<String> stored = (EntryReading.Stored<String>) codec.read(key, frame);

        assertThat(stored.value()).isEqualTo("the value");
        assertThat(stored.version()).isEqualTo(5);
        assertThat(new String(frame, StandardCharsets.ISO_8859_1)).doesNotContain("value");
        assertThat(codec.holds(stored, "the value")).isTrue();
    }

    @Test
    void sameValueIsNeverEncryptedAlike() {
        Set<String> frames = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            frames.add(Hex.of(codec.frame(key, "v", 1)));
        }

        assertThat(frames).hasSize(1000);
    }

    @Test
    void oldKeyIsReadAfterARotation() {
        byte[] before = codec.frame(key, "v", 1);
        EntryCodec<String, String> rotated =
                codec("users", Encryption.writingWith("two", OTHER_SECRET).readingAlso("one", SECRET));

        byte[] after = rotated.frame(key, "v", 1);

        assertReads(rotated, before);
        assertReads(rotated, after);
        assertUnreadable(codec, key, after, UnreadableReason.KEY_MISSING);
    }

    @Test
    void wrongSecretUnderTheRightIdIsNotAuthentic() {
        EntryCodec<String, String> wrong = codec("users", Encryption.writingWith("one", OTHER_SECRET));

        assertUnreadable(wrong, key, codec.frame(key, "v", 1), UnreadableReason.NOT_AUTHENTIC);
        assertThat(wrong.unreadable().of(UnreadableReason.NOT_AUTHENTIC)).isEqualTo(1);
    }

    /** By someone who knows how to compute the checksum. */
    @Test
    void valueMovedToAnotherKeyIsNotAuthentic() {
        byte[] otherKey = codec.key("other");
        Frame frame = (Frame) Frame.read(key, codec.frame(key, "v", 1));

        assertUnreadable(codec, otherKey, frame.toBytes(otherKey), UnreadableReason.NOT_AUTHENTIC);
    }

    @Test
    void valueMovedToAnotherCacheIsNotAuthentic() {
        EntryCodec<String, String> other = codec("admins", Encryption.writingWith("one", SECRET));
        byte[] otherKey = other.key("k");
        Frame frame = (Frame) Frame.read(key, codec.frame(key, "v", 1));

        assertUnreadable(other, otherKey, frame.toBytes(otherKey), UnreadableReason.NOT_AUTHENTIC);
    }

    @Test
    void changedVersionIsNotAuthentic() {
        Frame frame = (Frame) Frame.read(key, codec.frame(key, "v", 1));
        Frame later = new Frame(Frame.ENCRYPTED, frame.codecId(), frame.fingerprint(), 2, frame.payload());

        assertUnreadable(codec, key, later.toBytes(key), UnreadableReason.NOT_AUTHENTIC);
    }

    @Test
    void everyChangedByteOfThePayloadIsRefused() {
        Frame frame = (Frame) Frame.read(key, codec.frame(key, "value", 1));
        for (int i = 0; i < frame.payload().length; i++) {
            byte[] changed = frame.payload().clone();
            changed[i] ^= 1;

            assertThat(codec.read(key, frame.withPayload(changed).toBytes(key)))
                    .isInstanceOf(EntryReading.Unreadable.class);
            assertThat(codec.read(
                            key, frame.withPayload(Arrays.copyOf(changed, i)).toBytes(key)))
                    .isInstanceOf(EntryReading.Unreadable.class);
        }
    }

    @Test
    void plainValueIsRefusedByACacheThatEncrypts() {
        byte[] plain =
                CodecSettings.of(String.class, String.class).open("users", 0).frame(key, "v", 1);

        assertUnreadable(codec, key, plain, UnreadableReason.NOT_ENCRYPTED);
    }

    @Test
    void encryptedValueIsRefusedByACacheThatDoesNot() {
        EntryCodec<String, String> plain =
                CodecSettings.of(String.class, String.class).open("users", 0);

        assertUnreadable(plain, key, codec.frame(key, "v", 1), UnreadableReason.KEY_MISSING);
    }

    @Test
    void secretIsInNoMessage() {
        Encryption encryption = Encryption.writingWith("one", SECRET);

        assertThat(encryption).hasToString("AES-256-GCM with the keys [one], writing with one");
        assertThatThrownBy(() -> Encryption.writingWith("one", Arrays.copyOf(SECRET, 31)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the key one must have 32 bytes, and has 31");
        assertThatThrownBy(() -> encryption.readingAlso("one", OTHER_SECRET)).hasMessage("the key one was already set");
        assertThatThrownBy(() -> Encryption.writingWith("no spaces", SECRET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the id of a key must be 1 to 32 letters");
    }

    @Test
    void secretIsCopied() {
        byte[] secret = SECRET.clone();
        EntryCodec<String, String> copied = codec("users", Encryption.writingWith("one", secret));
        Arrays.fill(secret, (byte) 0);

        assertReads(copied, codec.frame(key, "v", 1));
    }

    private void assertReads(EntryCodec<String, String> reader, byte[] frame) {
        assertThat(reader.read(key, frame)).isInstanceOf(EntryReading.Stored.class);
    }

    private static void assertUnreadable(
            EntryCodec<String, String> reader, byte[] key, byte[] frame, UnreadableReason reason) {
        assertThat(reader.read(key, frame)).isEqualTo(new EntryReading.Unreadable<String>(reason));
    }

    private static EntryCodec<String, String> codec(String cache, Encryption encryption) {
        return CodecSettings.builder(ValueType.of(String.class), ValueType.of(String.class))
                .encryption(encryption)
                .build()
                .open(cache, 0);
    }
}
