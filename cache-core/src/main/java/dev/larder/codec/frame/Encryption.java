package dev.larder.codec.frame;

import dev.larder.codec.UndecodableException;
import dev.larder.codec.UnreadableReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts payloads with AES-256-GCM, under one key, and decrypts those of several, so that keys can be changed without
 * losing what is stored:
 *
 * <pre>{@code
 * Encryption.writingWith("2026-07", newKey).readingAlso("2026-01", oldKey)
 * }</pre>
 *
 * <p>An encrypted payload is
 *
 * <pre>
 *     07 323032362D3037  the id of the key, with its length before it
 *     ...                12 bytes of nonce, random each time
 *     ...                the ciphertext, and 16 bytes that prove it
 * </pre>
 *
 * <p>The proof takes in the frame's header and the encoded key of the entry, with namespace, cache and epoch: a
 * value cannot be moved to another key or cache, nor declared to be of another type. It may still be put back in
 * the place of a newer one of the same key. The keys of entries are not encrypted. Random nonces are safe for
 * 2<sup>32</sup> writes: change the key before that.
 *
 * <p>Secrets are in no message and no {@link #toString}. Immutable and safe for use by many threads.
 */
public final class Encryption {

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int SECRET_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int MAX_ID_BYTES = 32;

    /** The most that encryption adds to a payload. */
    static final int MAX_OVERHEAD = 1 + MAX_ID_BYTES + NONCE_BYTES + TAG_BITS / 8;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String writeId;
    private final Map<String, SecretKey> keys;

    private Encryption(String writeId, Map<String, SecretKey> keys) {
        this.writeId = writeId;
        this.keys = keys;
    }

    /**
     * Returns an encryption that writes and reads with one key.
     *
     * @param keyId names the key; stored with each value, in the clear
     * @param secret 32 random bytes; copied
     */
    public static Encryption writingWith(String keyId, byte[] secret) {
        return new Encryption(keyId, Map.of(requireId(keyId), keyOf(keyId, secret)));
    }

    /** Returns this encryption with one more key, for values that were written with it. */
    public Encryption readingAlso(String keyId, byte[] secret) {
        Map<String, SecretKey> more = new LinkedHashMap<>(keys);
        if (more.put(requireId(keyId), keyOf(keyId, secret)) != null) {
            throw new IllegalStateException("the key " + keyId + " was already set");
        }
        return new Encryption(writeId, more);
    }

    /** Encrypts a payload and binds it to its surroundings. */
    byte[] seal(byte[] payload, byte[] surroundings) {
        byte[] id = writeId.getBytes(StandardCharsets.US_ASCII);
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key(writeId), nonce, surroundings)
                    .doFinal(payload);
            return ByteBuffer.allocate(1 + id.length + NONCE_BYTES + sealed.length)
                    .put((byte) id.length)
                    .put(id)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM failed to encrypt", impossible);
        }
    }

    /** Decrypts a payload that belongs to these surroundings. */
    byte[] open(byte[] sealed, byte[] surroundings) {
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        SecretKey key = keys.get(new String(take(buffer, idLength(buffer)), StandardCharsets.US_ASCII));
        if (key == null) {
            throw new UndecodableException(UnreadableReason.KEY_MISSING, "encrypted with a key that is not here");
        }
        byte[] nonce = take(buffer, NONCE_BYTES);
        if (buffer.remaining() < TAG_BITS / 8) {
            throw notAuthentic(); // the JDK would fail in a way of its own
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, surroundings)
                    .doFinal(sealed, buffer.position(), buffer.remaining());
        } catch (GeneralSecurityException forged) {
            throw notAuthentic();
        }
    }

    private static int idLength(ByteBuffer buffer) {
        return buffer.hasRemaining() ? Byte.toUnsignedInt(buffer.get()) : 0;
    }

    private static byte[] take(ByteBuffer buffer, int length) {
        if (length > buffer.remaining()) {
            throw notAuthentic();
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] surroundings)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(surroundings);
        return cipher;
    }

    private SecretKey key(String keyId) {
        return Objects.requireNonNull(keys.get(keyId));
    }

    private static UndecodableException notAuthentic() {
        return new UndecodableException(UnreadableReason.NOT_AUTHENTIC, "not encrypted by us for this key");
    }

    private static SecretKey keyOf(String keyId, byte[] secret) {
        Objects.requireNonNull(secret, "secret");
        if (secret.length != SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "the key " + keyId + " must have " + SECRET_BYTES + " bytes, and has " + secret.length);
        }
        return new SecretKeySpec(secret, "AES");
    }

    private static String requireId(String keyId) {
        boolean fits = !keyId.isEmpty() && keyId.length() <= MAX_ID_BYTES;
        if (!fits || !keyId.chars().allMatch(letter -> letter > ' ' && letter < 0x7F)) {
            throw new IllegalArgumentException("the id of a key must be 1 to " + MAX_ID_BYTES
                    + " letters, digits or signs" + " of ASCII: \"" + keyId + "\"");
        }
        return keyId;
    }

    /** Names the keys by their ids. */
    @Override
    public String toString() {
        return "AES-256-GCM with the keys " + keys.keySet() + ", writing with " + writeId;
    }
}
