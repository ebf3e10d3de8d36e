package dev.larder.redis.auth;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Credentials could not be had. The message says where they were looked for and what to do, and never repeats a secret. */
public class CredentialsException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates the exception; the message goes into logs, so it must not hold a secret. */
    public CredentialsException(String message) {
        super(message);
    }

    /** Creates the exception with its cause; both go into logs, so neither may hold a secret. */
    public CredentialsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
