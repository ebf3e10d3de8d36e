package dev.larder.redis.auth;

import org.jspecify.annotations.Nullable;

/** Takes AWS credentials from the environment, else from the profile; a profile that was asked for goes before both. */
final class DefaultAwsCredentials implements AwsCredentialsSource {

    private final EnvironmentAwsCredentials environment;
    private final ProfileAwsCredentials profile;
    private final AwsProfiles profiles;
    private final @Nullable String asked;

    DefaultAwsCredentials(Environment environment, AwsProfiles profiles, @Nullable String asked) {
        this.environment = new EnvironmentAwsCredentials(environment);
        this.profile = new ProfileAwsCredentials(profiles, asked);
        this.profiles = profiles;
        this.asked = asked;
    }

    @Override
    public AwsCredentials credentials() {
        if (asked == null && environment.hasAny()) {
            return environment.credentials();
        }
        if (asked != null || profile.hasAny()) {
            return profile.credentials();
        }
        throw new CredentialsException(
                "no AWS credentials were found. Looked for the AWS SDK: not there; AWS_ACCESS_KEY_ID in the "
                        + "environment: not set; the profile \"" + profiles.nameOr(null) + "\" in "
                        + profiles.credentialsFile()
                        + " and " + profiles.configFile() + ": not there. For roles of containers and instances "
                        + AwsSdk.HINT);
    }

    @Override
    public String toString() {
        return "DefaultAwsCredentials";
    }
}
