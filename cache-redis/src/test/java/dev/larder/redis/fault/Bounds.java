package dev.larder.redis.fault;

import dev.larder.redis.Stalls;
import dev.larder.redis.Stalls.Span;
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

    /**
     * Returns how long a call took without the stall of the machine that it met with. In other builds without the longest stall that there was: the call may
     * have waited for another thread, or the server, that stood still when the watch did not.
     */
    static long nanosWithoutStall(Span call, Stalls stalls) {
        return STRESS ? stalls.nanosWithout(call) : call.nanos() - stalls.longestNanos();
    }

    /** Returns how long any call may take, also the few that are not held to the other bounds. */
    static Duration anyCall() {
        return STRESS ? call() : Duration.ofSeconds(20);
    }

    /** Returns how many of the longest calls of a fault are not judged: a busy machine may stop a thread for seconds, and nobody else with it. */
    static int spared() {
        return STRESS ? 0 : 3;
    }

    /** Returns how long calls may take while the breaker is open, but for a few, see {@link #fewWhileOpen}. */
    static Duration whileOpen() {
        return Duration.ofMillis(1).multipliedBy(SLACK);
    }

    /** Returns how many of 100 calls may take longer while the breaker is open. */
    static int fewWhileOpen() {
        return STRESS ? 1 : 10;
    }

    /** Returns how long an operation may take on nodes beside one that hangs. */
    static Duration ofNeighbours() {
        return DEADLINE.multipliedBy(SLACK);
    }

    /** Returns how many of 100 calls to such nodes may take long, or fail: none must, but a busy machine may stop them, too. */
    static int fewNeighbours() {
        return STRESS ? 0 : 10;
    }

    /** Returns how often a fault comes and goes. */
    static int rounds() {
        return STRESS ? 10 : 2;
    }
}
