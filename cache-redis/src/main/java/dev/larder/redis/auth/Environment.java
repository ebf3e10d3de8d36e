package dev.larder.redis.auth;

import org.jspecify.annotations.Nullable;

/** The environment variables of this process, or those that a test makes up. */
@FunctionalInterface
interface Environment {

    /** Returns the value of a variable; null if it is not set. */
    @Nullable
    String get(String variable);

    /** Returns the value of a variable; null if it is not set or blank, which to AWS is the same. */
    default @Nullable String text(String variable) {
        String value = get(variable);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
