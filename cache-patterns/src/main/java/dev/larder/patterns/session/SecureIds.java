package dev.larder.patterns.session;

import java.security.SecureRandom;
import java.util.Base64;

/** 256 bits that nobody can guess, as base64url without padding. */
final class SecureIds implements IdGenerator {

    private static final int BYTES = 32;
    private static final int CHARACTERS = 43;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String newId() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public boolean isPlausible(String id) {
        return id.length() == CHARACTERS && id.chars().allMatch(SecureIds::isBase64Url);
    }

    private static boolean isBase64Url(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
