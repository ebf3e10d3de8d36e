package dev.larder.redis.failover;

import java.time.Duration;

/** What is promised, which is asserted under {@code -Pstress}; in other builds, which share their machine, ten times that. */
final class Bounds {

    private static final int SLACK = Boolean.getBoolean("larder.stress") ? 1 : 10;
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    private Bounds() {}

    /** Returns how long after the promotion of a replica calls may still fail. */
    static Duration recovery() {
        return Duration.ofSeconds(2).multipliedBy(SLACK);
    }

    /**
     * Returns the same for a primary that hung and comes back. Sentinels tell it that it is one no more when it has said for 8 s that it is, and
     * they look once in a while; until then it takes writes that nobody keeps.
     */
    static Duration recoveryOfHung(Outage.Topology topology) {
        return topology == Outage.Topology.CLUSTER
                ? recovery()
                : Duration.ofSeconds(10).plus(recovery());
    }

    /** Returns how long an operation may take: its deadline, and what it takes to notice that; a busy machine takes longer to do so. */
    static Duration operation() {
        return DEADLINE.plus(Duration.ofMillis(20)).multipliedBy(SLACK);
    }
}
