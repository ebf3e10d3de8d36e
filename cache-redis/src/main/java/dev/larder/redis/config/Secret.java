package dev.larder.redis.config;

import org.jspecify.annotations.Nullable;

/** Passwords in settings. */
final class Secret {

    private Secret() {}

    /** Returns what may be shown of one: whether it is there. */
    static @Nullable String masked(@Nullable String secret) {
        return secret == null ? null : "***";
    }

    static char @Nullable [] characters(@Nullable String secret) {
        return secret == null ? null : secret.toCharArray();
    }
}
