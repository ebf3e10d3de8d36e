package dev.larder.patterns.session.internal.record;

import java.io.Serializable;

/**
 * When a step is made, by the clock of who makes it.
 *
 * @param nowMillis now
 * @param graceMillis how much longer than its deadline a session stays in the cache, so that its end can be told
 * @param tombstoneMillis how long a tombstone stands
 */
public record Moment(long nowMillis, long graceMillis, long tombstoneMillis) implements Serializable {

    /** Returns the tombstone of a session that has ended. */
    Tombstone tombstone() {
        return new Tombstone(Times.later(nowMillis, tombstoneMillis), 0, null);
    }

    /** Returns the tombstone of a session that has another key. */
    Tombstone tombstone(String successor, long followedMillis) {
        return new Tombstone(
                Times.later(nowMillis, tombstoneMillis), Times.later(nowMillis, followedMillis), successor);
    }

    /** Returns how long an entry is to live, or {@link Times#NEVER}. */
    long ttlMillis(Stored stored) {
        long deadline = stored.deadlineMillis();
        if (deadline == Times.NEVER) {
            return Times.NEVER;
        }
        long grace = stored instanceof SessionRecord ? graceMillis : 0;
        return Math.max(1, Times.later(deadline - nowMillis, grace));
    }
}
