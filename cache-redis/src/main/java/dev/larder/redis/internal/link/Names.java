package dev.larder.redis.internal.link;

import io.lettuce.core.RedisURI;

/** What servers are called in messages: host and port, and no more of a URI than that. */
final class Names {

    private Names() {}

    static String of(RedisURI uri) {
        if (!uri.getSentinels().isEmpty()) {
            return "redis " + uri.getSentinelMasterId();
        }
        return "redis " + uri.getHost() + ":" + uri.getPort();
    }
}
