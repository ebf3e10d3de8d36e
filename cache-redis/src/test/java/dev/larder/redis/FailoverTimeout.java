package dev.larder.redis;

import dev.larder.testkit.server.RedisSentinels;

/** How long sentinels wait for replicas that cannot follow the new primary, and for the next try of a failover. */
public final class FailoverTimeout {

    private FailoverTimeout() {}

    /** Has them wait for half as long as they do by default here. */
    public static void shorten(RedisSentinels sentinels) {
        sentinels
                .sentinels()
                .forEach(each -> each.call("SENTINEL", "SET", RedisSentinels.NAME, "failover-timeout", "5000"));
    }
}
