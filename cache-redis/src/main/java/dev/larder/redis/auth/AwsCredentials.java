package dev.larder.redis.auth;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What AWS knows a caller by.
 *
 * <p>{@link #toString} shows the id of the access key alone, which is no secret.
 *
 * @param sessionToken of temporary credentials; null for those of a user
 * @param expiresAt when they end, by the time of day; null if that is unknown or never
 */
public record AwsCredentials(
        String accessKeyId,
        String secretAccessKey,
        @Nullable String sessionToken,
        @Nullable Instant expiresAt) {

    /** Checks that both keys are there. */
    public AwsCredentials {
        Objects.requireNonNull(accessKeyId, "accessKeyId");
        Objects.requireNonNull(secretAccessKey, "secretAccessKey");
        if (accessKeyId.isBlank() || secretAccessKey.isBlank()) {
            throw new IllegalArgumentException("the id of the access key and its secret must not be blank");
        }
    }

    /** Returns the credentials of a user, which end when somebody ends them. */
    public static AwsCredentials of(String accessKeyId, String secretAccessKey) {
        return new AwsCredentials(accessKeyId, secretAccessKey, null, null);
    }

    /** Returns temporary credentials. */
    public static AwsCredentials of(String accessKeyId, String secretAccessKey, String sessionToken) {
        return new AwsCredentials(
                accessKeyId, secretAccessKey, Objects.requireNonNull(sessionToken, "sessionToken"), null);
    }

    @Override
    public String toString() {
        return "AwsCredentials[accessKeyId=" + accessKeyId + (sessionToken == null ? "" : ", temporary")
                + (expiresAt == null ? "" : ", expiresAt=" + expiresAt) + "]";
    }
}
