package dev.larder.redis.internal.link;

import io.lettuce.core.RedisURI;
import java.util.stream.Collectors;

/** What servers are called in messages: host and port, and no more of a URI than that. */
final class Names {

    private Names() {}

    static String of(RedisURI uri) {
        if (!uri.getSentinels().isEmpty()) {
            return "redis " + uri.getSentinelMasterId();
        }
        return "redis " + hostAndPort(uri);
    }

    /** Returns the same with all sentinels that were asked where it is, for when nobody was found. */
    static String withSentinels(RedisURI uri) {
        if (uri.getSentinels().isEmpty()) {
            return of(uri);
        }
        return of(uri) + " (sentinels "
                + uri.getSentinels().stream().map(Names::hostAndPort).collect(Collectors.joining(", ")) + ")";
    }

    private static String hostAndPort(RedisURI uri) {
        return uri.getHost() + ":" + uri.getPort();
    }
}
