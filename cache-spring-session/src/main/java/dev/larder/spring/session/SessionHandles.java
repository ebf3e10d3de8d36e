package dev.larder.spring.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Names for sessions whose id nobody here knows.
 *
 * <p>Ids are stored as their SHA-256 alone, so a session that was found by its user has none. Its handle is the key of its
 * record and a MAC of that:
 *
 * <pre>
 * Jt3M...43 characters of base64url.q8Zk...43 characters of base64url
 * </pre>
 *
 * <p>The key of the MAC is random, is known to this object alone and is never stored. So what can be read in the store makes no
 * handle. An id has no dot: nothing is both an id and a handle. Safe for use by many threads.
 */
final class SessionHandles {

    private static final String MAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final char DOT = '.';

    private final SecretKeySpec secret;

    SessionHandles(SecureRandom random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        this.secret = new SecretKeySpec(bytes, MAC);
    }

    /** Returns whether this looks like a handle, good or forged. */
    static boolean isHandle(String name) {
        return name.indexOf(DOT) >= 0;
    }

    String handleOf(String key) {
        return key + DOT + macOf(key);
    }

    /** Returns the key of the record that a handle stands for, or null if the handle was not made here. */
    @Nullable
    String keyOf(String handle) {
        int dot = handle.indexOf(DOT);
        String key = handle.substring(0, dot);
        return isSame(handle.substring(dot + 1), macOf(key)) ? key : null;
    }

    /** Takes as long wherever they differ. */
    private static boolean isSame(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    private String macOf(String key) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(secret);
            byte[] sum = mac.doFinal(key.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sum);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each JDK has " + MAC, e);
        }
    }
}
