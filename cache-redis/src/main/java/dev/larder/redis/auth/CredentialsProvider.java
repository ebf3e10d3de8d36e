package dev.larder.redis.auth;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the credentials that hold now.
 *
 * <p>Asked for each new connection, and again before what it gave is over. May block for a second or two, but needs a
 * time-out of its own where it goes over a network. Safe for use by many threads.
 */
@FunctionalInterface
public interface CredentialsProvider {

    /**
     * Returns the current credentials.
     *
     * @throws CredentialsException if there are none now. Where there were some before, they stay in use
     */
    Grant grant();

    /** Whether these credentials are taken over TLS only, so that they are never to be sent in the clear. Unless overridden they are not. */
    default boolean needsTls() {
        return false;
    }

    /** Returns what to look at when a server does not take these credentials, as part of a sentence that begins with "it". */
    default String whenRefused() {
        return "it knows no such user with that password; look at \"auth\"";
    }

    /** Returns a provider of one user and password. */
    static CredentialsProvider fixed(@Nullable String username, String password) {
        Grant grant = Grant.forGood(Credentials.of(username, password));
        return () -> grant;
    }

    /**
     * Returns a provider that asks code of the application, for each connection and at intervals.
     *
     * @param askAgainAfter how soon live connections shall learn of another password
     */
    static CredentialsProvider from(Supplier<Credentials> supplier, Duration askAgainAfter) {
        Objects.requireNonNull(supplier, "supplier");
        Objects.requireNonNull(askAgainAfter, "askAgainAfter");
        return () -> Grant.askedAgainAfter(askAgainAfter, supplier.get());
    }

    /**
     * Returns a provider that reads the password from a file, for example one of a mounted Kubernetes secret. The file is read for
     * each connection and every 5 seconds. A line break at its end is not part of the password.
     */
    static CredentialsProvider file(@Nullable String username, Path file) {
        return new PasswordFile(username, file);
    }

    /** Returns a provider that takes the password from an environment variable. */
    static CredentialsProvider environment(@Nullable String username, String variable) {
        return new PasswordVariable(username, variable, System::getenv);
    }
}
