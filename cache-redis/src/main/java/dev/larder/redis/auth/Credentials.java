package dev.larder.redis.auth;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A password, and the ACL user that it belongs to.
 *
 * <p>{@link #toString} shows the user alone. Immutable and safe for use by many threads.
 */
public final class Credentials {

    private final @Nullable String username;
    private final char[] password;

    private Credentials(@Nullable String username, char[] password) {
        this.username = username;
        this.password = password;
    }

    /**
     * Returns the credentials of an ACL user.
     *
     * @param username null for the server's default user, which is what plain AUTH (Redis before 6) knows
     * @param password copied
     * @throws IllegalArgumentException if the username is blank, or the password is empty
     */
    public static Credentials of(@Nullable String username, char[] password) {
        Objects.requireNonNull(password, "password");
        if (username != null && username.isBlank()) {
            throw new IllegalArgumentException("the username is blank; leave it out for the default user");
        }
        if (password.length == 0) {
            throw new IllegalArgumentException("the password of " + nameOf(username) + " is empty");
        }
        return new Credentials(username, password.clone());
    }

    /** Returns the credentials of an ACL user, from a password that is a string already. */
    public static Credentials of(@Nullable String username, String password) {
        return of(username, password.toCharArray());
    }

    /** Returns the ACL user; null for the server's default user. */
    public @Nullable String username() {
        return username;
    }

    /** Returns a copy of the password. */
    public char[] password() {
        return password.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Credentials that
                && Objects.equals(username, that.username)
                && Arrays.equals(password, that.password);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(username); // the password's would say something about it
    }

    @Override
    public String toString() {
        return "Credentials[" + nameOf(username) + ", password=***]";
    }

    private static String nameOf(@Nullable String username) {
        return username == null ? "the default user" : "user \"" + username + "\"";
    }
}
