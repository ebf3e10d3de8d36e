package dev.larder.redis.auth;

import java.util.Locale;
import java.util.Objects;

/**
 * A cache of ElastiCache or a cluster of MemoryDB, and the user to be on it, for authentication by IAM.
 *
 * @param service where it is
 * @param user the id of the user there, which must also be its user name
 * @param name the replication group id, or the name of the serverless cache or of the cluster of MemoryDB; made lower case
 * @param region for example {@code eu-west-1}
 * @param isServerless whether it is a serverless cache, which only ElastiCache has
 */
public record IamCache(IamService service, String user, String name, String region, boolean isServerless) {

    /** Checks that nothing is missing. */
    public IamCache {
        Objects.requireNonNull(service, "service");
        requireText(user, "user");
        requireText(name, "name");
        requireText(region, "region");
        name = name.toLowerCase(Locale.ROOT);
        if (name.contains(".") || name.contains("/") || name.contains(":")) {
            throw new IllegalArgumentException(
                    "\"cache\" must be the name of the replication group, serverless cache or cluster, not its endpoint: "
                            + name);
        }
        if (isServerless && service != IamService.ELASTICACHE) {
            throw new IllegalArgumentException("\"serverless\" is set, but only ElastiCache has serverless caches, not "
                    + service + "; leave it out");
        }
    }

    /** Returns a cache of ElastiCache that is not serverless. */
    public static IamCache elastiCache(String user, String replicationGroup, String region) {
        return new IamCache(IamService.ELASTICACHE, user, replicationGroup, region, false);
    }

    /** Returns a serverless cache of ElastiCache. */
    public static IamCache serverless(String user, String cache, String region) {
        return new IamCache(IamService.ELASTICACHE, user, cache, region, true);
    }

    /** Returns a cluster of MemoryDB. */
    public static IamCache memoryDb(String user, String cluster, String region) {
        return new IamCache(IamService.MEMORYDB, user, cluster, region, false);
    }

    private static void requireText(String text, String name) {
        Objects.requireNonNull(text, name);
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
    }
}
