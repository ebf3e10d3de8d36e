package dev.larder.redis.auth;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Asks a provider of the AWS SDK. Needs the SDK's jar {@code software.amazon.awssdk:auth}; the rest of the module does not.
 *
 * <p>The provider's own cache, refresh and time-outs apply.
 */
public final class AwsSdkCredentialsSource implements AwsCredentialsSource {

    private final AwsCredentialsProvider provider;

    private AwsSdkCredentialsSource(AwsCredentialsProvider provider) {
        this.provider = provider;
    }

    /** Returns the source that asks a provider, which stays the caller's to close. */
    public static AwsSdkCredentialsSource of(AwsCredentialsProvider provider) {
        return new AwsSdkCredentialsSource(Objects.requireNonNull(provider, "provider"));
    }

    /** Returns the source that asks the SDK's default chain. */
    static AwsSdkCredentialsSource defaults(@Nullable String profile) {
        DefaultCredentialsProvider.Builder builder = DefaultCredentialsProvider.builder();
        if (profile != null) {
            builder.profileName(profile);
        }
        return of(builder.build());
    }

    @Override
    public AwsCredentials credentials() {
        try {
            return adapted(provider.resolveCredentials());
        } catch (SdkException e) {
            throw new CredentialsException("the AWS SDK has no credentials: " + e.getMessage(), e);
        }
    }

    private static AwsCredentials adapted(software.amazon.awssdk.auth.credentials.AwsCredentials credentials) {
        if (credentials.accessKeyId() == null || credentials.secretAccessKey() == null) {
            throw new CredentialsException("the provider of the AWS SDK gave no access key; IAM needs one");
        }
        String sessionToken = credentials instanceof AwsSessionCredentials session ? session.sessionToken() : null;
        return new AwsCredentials(
                credentials.accessKeyId(),
                credentials.secretAccessKey(),
                sessionToken,
                credentials.expirationTime().orElse(null));
    }

    @Override
    public String toString() {
        return "AwsSdkCredentialsSource[" + provider.getClass().getSimpleName() + "]";
    }
}
