package dev.larder.patterns.session;

/** Makes the ids of sessions. Safe for use by many threads. */
public interface IdGenerator {

    /** Returns an id that nobody can guess, and that there has never been. */
    String newId();

    /** Whether a text that a client sent can be an id; what cannot be one is not looked for. */
    default boolean isPlausible(String id) {
        return !id.isEmpty() && id.length() <= 256;
    }

    /** Returns the generator of ids of 256 random bits from {@link java.security.SecureRandom}, 43 characters of base64url. */
    static IdGenerator secure() {
        return new SecureIds();
    }
}
