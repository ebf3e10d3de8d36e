package dev.larder.patterns.session;

import dev.larder.patterns.session.internal.record.Moment;
import dev.larder.patterns.session.internal.record.Times;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The times that hold for all sessions of a store. Durations are in milliseconds.
 *
 * @param clock tells what time it is
 * @param idle how long a new session lives without an access; zero or less is for ever
 * @param absolute how long a session lives at most, or null
 * @param renewal after how long an id is due to be renewed, or null
 * @param renewalGrace how long an id that was renewed still leads to the session
 * @param tombstone how long tombstones stand
 * @param grace how much longer than its deadline a session stays in the cache
 */
record SessionRules(
        InstantSource clock,
        long idle,
        @Nullable Long absolute,
        @Nullable Long renewal,
        long renewalGrace,
        long tombstone,
        long grace) {

    private static final long LONGEST_DELAY = Duration.ofSeconds(60).toMillis();

    Moment moment() {
        return new Moment(clock.millis(), grace, tombstone);
    }

    Times timesOfNew() {
        long now = clock.millis();
        return Times.begun(now, idle, absolute == null ? Times.NEVER : Times.later(now, absolute));
    }

    /** Whether an access is worth a write: after a tenth of the idle timeout since the last that was written, or a minute. */
    boolean isWorthWriting(long accessed, Times times) {
        return times.idle() > 0 && accessed - times.accessed() >= Math.min(times.idle() / 10, LONGEST_DELAY);
    }

    boolean isRenewalDue(Times times) {
        return renewal != null && clock.millis() - times.renewed() >= renewal;
    }
}
