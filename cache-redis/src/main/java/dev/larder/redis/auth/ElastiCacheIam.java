package dev.larder.redis.auth;

import java.util.Locale;
import java.util.Objects;

/**
 * A cache of ElastiCache, and the user to be on it, for authentication by IAM.
 *
 * @param user the id of the ElastiCache user, which must also be its user name
 * @param cache the replication group id, or the name of a serverless cache; made lower case
 * @param region for example {@code eu-west-1}
 * @param isServerless whether it is a serverless cache
 */
public record ElastiCacheIam(String user, String cache, String region, boolean isServerless) {

    /** Checks that nothing is missing. */
    public ElastiCacheIam {
        requireText(user, "user");
        requireText(cache, "cache");
        requireText(region, "region");
        cache = cache.toLowerCase(Locale.ROOT);
        if (cache.contains(".") || cache.contains("/") || cache.contains(":")) {
            throw new IllegalArgumentException(
                    "cache must be the name of the replication group or serverless cache, not its endpoint: " + cache);
        }
    }

    private static void requireText(String text, String name) {
        Objects.requireNonNull(text, name);
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
    }
}
