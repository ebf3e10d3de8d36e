package dev.larder.redis.auth;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Credentials as a provider gave them, and for how long.
 *
 * @param credentials what to authenticate with now
 * @param askAgainAfter how long until the provider has newer ones, or shall be asked whether it has; null: never
 * @param reauthenticateAfter how long connections that were authenticated with earlier ones may go on with that. Zero, for
 *     passwords that are rotated: live connections are told of new ones at once. More, for tokens that only open connections
 */
public record Grant(Credentials credentials, @Nullable Duration askAgainAfter, Duration reauthenticateAfter) {

    /** Checks that time runs forwards. */
    public Grant {
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(reauthenticateAfter, "reauthenticateAfter");
        if (askAgainAfter != null && (askAgainAfter.isNegative() || askAgainAfter.isZero())) {
            throw new IllegalArgumentException("askAgainAfter must be positive: " + askAgainAfter);
        }
        if (reauthenticateAfter.isNegative()) {
            throw new IllegalArgumentException("reauthenticateAfter must not be negative: " + reauthenticateAfter);
        }
    }

    /** Returns a grant of credentials that do not change by themselves. */
    public static Grant forGood(Credentials credentials) {
        return new Grant(credentials, null, Duration.ZERO);
    }

    /** Returns a grant of a password that may be another one after that time. */
    public static Grant askedAgainAfter(Duration askAgainAfter, Credentials credentials) {
        return new Grant(credentials, Objects.requireNonNull(askAgainAfter, "askAgainAfter"), Duration.ZERO);
    }
}
