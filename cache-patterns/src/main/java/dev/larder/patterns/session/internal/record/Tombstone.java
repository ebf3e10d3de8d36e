package dev.larder.patterns.session.internal.record;

import org.jspecify.annotations.Nullable;

/**
 * Stands where a session was, so that no late request brings it back.
 *
 * @param deadlineMillis how long it stands
 * @param followedUntilMillis until when who comes with the old id is led to the successor; zero is not at all
 * @param successor the key that the session has now, or null if it has ended
 */
public record Tombstone(
        long deadlineMillis,
        long followedUntilMillis,
        @Nullable String successor) implements Stored {

    /** Whether who comes with the old id now is led to the successor. */
    public boolean isFollowedAt(long nowMillis) {
        return successor != null && nowMillis < followedUntilMillis;
    }
}
