package dev.larder.testkit.interleave;

import dev.larder.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Waits until no actor of a run goes on any more. */
final class Watch {

    private static final long POLL_NANOS = 100_000;

    private final List<Actor> actors;
    private final long patienceNanos;
    private final Clock clock = Clock.system();

    Watch(List<Actor> actors, Duration patience) {
        this.actors = actors;
        this.patienceNanos = patience.toNanos();
    }

    /**
     * Returns when each actor has ended, stands at a point, or has been waiting for something else for a moment; and not
     * before one stands at a point, unless all have ended.
     *
     * @return whether that came about while patience lasted
     */
    boolean awaitStillness() {
        long began = clock.nanos();
        long since = began;
        List<Activity> seen = List.of();
        for (; ; ) {
            List<Activity> activities = actors.stream().map(Actor::activity).toList();
            Activity busiest = Collections.max(activities);
            if (busiest == Activity.STILL) {
                return true;
            }
            long now = clock.nanos();
            if (!activities.equals(seen)) {
                seen = activities;
                since = now;
            }
            if (now - since >= busiest.settleNanos() && actors.stream().anyMatch(Actor::isAtPoint)) {
                return true;
            }
            if (now - began >= patienceNanos) {
                return false;
            }
            LockSupport.parkNanos(this, POLL_NANOS);
        }
    }
}
