package dev.larder.redis.auth;

import org.jspecify.annotations.Nullable;

/** Finds the AWS region that nobody named. */
public final class AwsRegion {

    private AwsRegion() {}

    /**
     * Returns the region of {@code AWS_REGION}, else of {@code AWS_DEFAULT_REGION}, else of the profile.
     *
     * @param profile null for that of {@code AWS_PROFILE}, or {@code default}
     * @throws CredentialsException if none of them has one
     */
    public static String ofEnvironment(@Nullable String profile) {
        return find(System::getenv, AwsProfiles.ofUser(), profile);
    }

    static String find(Environment environment, AwsProfiles profiles, @Nullable String profile) {
        String region = environment.text("AWS_REGION");
        if (region == null) {
            region = environment.text("AWS_DEFAULT_REGION");
        }
        if (region == null) {
            region = profiles.properties(profiles.nameOr(profile)).get("region");
        }
        if (region == null || region.isBlank()) {
            throw new CredentialsException(
                    "the AWS region is not known: set \"region\" beside \"cache\", AWS_REGION or "
                            + "AWS_DEFAULT_REGION in the environment, or region in the profile \""
                            + profiles.nameOr(profile)
                            + "\" in " + profiles.configFile());
        }
        return region;
    }
}
