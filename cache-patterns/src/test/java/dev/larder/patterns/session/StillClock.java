package dev.larder.patterns.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test moves. */
final class StillClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-11-27T12:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration duration) {
        now = now.plus(duration);
    }
}
