package dev.larder.redis.fault;

import java.time.Duration;

/** What is promised, which is asserted under {@code -Pstress}; in other builds, which share their machine, ten times that. */
final class Bounds {

    /** How long an operation may take. */
    static final Duration DEADLINE = Duration.ofMillis(200);

    private static final boolean STRESS = Boolean.getBoolean("larder.stress");
    private static final int SLACK = STRESS ? 1 : 10;

    private Bounds() {}

    /** Returns how long after the end of a fault calls may still fail. */
    static Duration recovery() {
        return Duration.ofSeconds(2).multipliedBy(SLACK);
    }

    /** Returns how long a call may take: its deadline, and what it takes to notice that; a busy machine takes longer to do so. */
    static Duration call() {
        return DEADLINE.plus(Duration.ofMillis(20).multipliedBy(SLACK)).multipliedBy(STRESS ? 1 : 2);
    }

    /** Returns how long 99 of 100 calls may take at most while the breaker is open. */
    static Duration whileOpen() {
        return Duration.ofMillis(1).multipliedBy(SLACK);
    }

    /** Returns how often a fault comes and goes. */
    static int rounds() {
        return STRESS ? 10 : 2;
    }
}
