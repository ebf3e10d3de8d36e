package dev.larder.redis.config;

import dev.larder.redis.auth.AwsCredentialsSource;
import dev.larder.redis.auth.AwsRegion;
import dev.larder.redis.auth.CredentialsProvider;
import dev.larder.redis.auth.ElastiCacheIam;
import dev.larder.redis.auth.IamCredentialsProvider;
import org.jspecify.annotations.Nullable;

/**
 * Authentication by IAM, at ElastiCache.
 *
 * @param user the id of the ElastiCache user, which must also be its user name
 * @param cache the replication group id, or the name of the serverless cache
 * @param region null for that of the environment or the profile
 * @param serverless whether it is a serverless cache; null for no
 * @param profile the AWS profile that the keys, and the region if need be, are taken from; null for the default
 */
public record IamSettings(
        String user,
        String cache,
        @Nullable String region,
        @Nullable Boolean serverless,
        @Nullable String profile) {

    /** The JSON schema of this record. */
    public static final String SCHEMA = """
            {
              "description": "Authentication by IAM, at ElastiCache. Needs TLS.",
              "type": "object",
              "properties": {
                "user": { "type": "string", "description": "The id of the ElastiCache user, which must also be its name." },
                "cache": { "type": "string", "description": "The replication group id, or the name of the serverless cache." },
                "region": { "type": "string", "description": "Default: that of the environment or the profile." },
                "serverless": { "type": ["boolean", "string"] },
                "profile": { "type": "string", "description": "The AWS profile. Default: AWS_PROFILE, or default." }
              },
              "required": ["user", "cache"],
              "additionalProperties": false
            }
            """;

    /** Checks that nothing is missing. */
    public IamSettings {
        requireText(user, "user", "write the id of the ElastiCache user");
        requireText(cache, "cache", "write the replication group id, or the name of the serverless cache");
        new ElastiCacheIam(user, cache, "any", false); // which refuses an endpoint
    }

    private static void requireText(@Nullable String value, String name, String step) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("\"" + name + "\" is missing in \"iam\"; " + step);
        }
    }

    CredentialsProvider provider() {
        String known = region == null ? AwsRegion.ofEnvironment(profile) : region;
        ElastiCacheIam iam = new ElastiCacheIam(user, cache, known, Boolean.TRUE.equals(serverless));
        return new IamCredentialsProvider(iam, AwsCredentialsSource.defaults(profile));
    }
}
