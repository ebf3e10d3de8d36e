package dev.larder.redis.config;

import dev.larder.redis.auth.AwsCredentialsSource;
import dev.larder.redis.auth.AwsRegion;
import dev.larder.redis.auth.CredentialsProvider;
import dev.larder.redis.auth.IamCache;
import dev.larder.redis.auth.IamCredentialsProvider;
import dev.larder.redis.auth.IamService;
import org.jspecify.annotations.Nullable;

/**
 * Authentication by IAM, at ElastiCache or MemoryDB.
 *
 * @param service which of them; null for ElastiCache
 * @param user the id of the user there, which must also be its user name
 * @param cache the replication group id, or the name of the serverless cache or of the cluster of MemoryDB
 * @param region null for that of the environment or the profile
 * @param serverless whether it is a serverless cache; null for no
 * @param profile the AWS profile that the keys, and the region if need be, are taken from; null for the default
 */
public record IamSettings(
        @Nullable IamService service,
        String user,
        String cache,
        @Nullable String region,
        @Nullable Boolean serverless,
        @Nullable String profile) {

    /** The JSON schema of this record. */
    public static final String SCHEMA = """
            {
              "description": "Authentication by IAM, at ElastiCache or MemoryDB. Needs TLS.",
              "type": "object",
              "properties": {
                "service": { "enum": ["elasticache", "memorydb"], "default": "elasticache" },
                "user": { "type": "string", "description": "The id of the user there, which must also be its name." },
                "cache": { "type": "string", "description": "The replication group id, or the name of the serverless cache or of the cluster of MemoryDB." },
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
        requireText(user, "user", "write the id of the user");
        requireText(cache, "cache", "write the replication group id, or the name of the serverless cache or cluster");
        iamCache(service, user, cache, "any", serverless); // which refuses an endpoint
    }

    private static IamCache iamCache(
            @Nullable IamService service, String user, String cache, String region, @Nullable Boolean serverless) {
        return new IamCache(
                service == null ? IamService.ELASTICACHE : service,
                user,
                cache,
                region,
                Boolean.TRUE.equals(serverless));
    }

    private static void requireText(@Nullable String value, String name, String step) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("\"" + name + "\" is missing in \"iam\"; " + step);
        }
    }

    CredentialsProvider provider() {
        String known = region == null ? AwsRegion.ofEnvironment(profile) : region;
        return new IamCredentialsProvider(
                iamCache(service, user, cache, known, serverless), AwsCredentialsSource.defaults(profile));
    }
}
