package dev.larder.redis.auth;

import org.jspecify.annotations.Nullable;

/**
 * Tells the AWS credentials that hold now. Asked for each new token, about every 10 minutes. Safe for use by many threads.
 *
 * <p>A lambda does, for credentials of the application's own:
 *
 * <pre>{@code
 * AwsCredentialsSource source = () -> AwsCredentials.of(vault.keyId(), vault.secret(), vault.sessionToken());
 * }</pre>
 */
@FunctionalInterface
public interface AwsCredentialsSource {

    /**
     * Returns the current credentials.
     *
     * @throws CredentialsException if there are none
     */
    AwsCredentials credentials();

    /** Returns the source that reads {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY} and {@code AWS_SESSION_TOKEN}. */
    static AwsCredentialsSource environment() {
        return new EnvironmentAwsCredentials(System::getenv);
    }

    /**
     * Returns the source that reads a profile of {@code ~/.aws/credentials} and {@code ~/.aws/config}, anew each time. Profiles with keys in them only.
     *
     * @param profile null for that of {@code AWS_PROFILE}, or {@code default}
     */
    static AwsCredentialsSource profile(@Nullable String profile) {
        return new ProfileAwsCredentials(AwsProfiles.ofUser(), profile);
    }

    /**
     * Returns the source that an application gets if it names none: the default chain of the AWS SDK where its jar {@code auth} is
     * there, which knows roles, containers, instances and single sign-on; else the environment, then the profile.
     *
     * @param profile null for that of {@code AWS_PROFILE}, or {@code default}
     */
    static AwsCredentialsSource defaults(@Nullable String profile) {
        return AwsSdk.isPresent()
                ? AwsSdkCredentialsSource.defaults(profile)
                : new DefaultAwsCredentials(System::getenv, AwsProfiles.ofUser(), profile);
    }
}
