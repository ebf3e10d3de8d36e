package dev.larder.patterns.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The keys under which things are stored: hashes, so that whoever sees the cache learns no id. */
final class Keys {

    private Keys() {}

    /** Returns the key of a session. */
    static String ofId(String id) {
        return hash(id);
    }

    /** Returns the key of a value of an index. The names of indexes hold no zero. */
    static String ofIndexed(String index, String value) {
        return hash(index + '\0' + value);
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
