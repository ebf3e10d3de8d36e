package dev.larder.patterns.session.internal.record;

import java.io.Serializable;

/**
 * The times of a session, in milliseconds since 1970.
 *
 * @param created when it began
 * @param accessed its last access that was written
 * @param idle how long it lives without an access, in milliseconds; zero or less is for ever
 * @param ends when it ends however much it is used, or {@link #NEVER}
 * @param renewed when it was given its id
 * @param indexed when the indexes were last told that it is there
 */
public record Times(long created, long accessed, long idle, long ends, long renewed, long indexed)
        implements Serializable {

    /** The end of what has none. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Returns the times of a session that begins now. */
    public static Times begun(long now, long idle, long ends) {
        return new Times(now, now, idle, ends, now, now);
    }

    /** Returns when it ends unless it is used before. */
    public long deadline() {
        return idle <= 0 ? ends : Math.min(later(accessed, idle), ends);
    }

    /** Returns these times after an access, which never takes one back that was later. */
    public Times accessedAt(long millis) {
        return new Times(created, Math.max(accessed, millis), idle, ends, renewed, indexed);
    }

    /** Returns these times with another time to live without an access. */
    public Times withIdle(long millis) {
        return new Times(created, accessed, millis, ends, renewed, indexed);
    }

    /** Returns these times with a new id. */
    public Times renewedAt(long millis) {
        return new Times(created, accessed, idle, ends, millis, indexed);
    }

    /** Returns these times after the indexes were told. */
    public Times indexedAt(long millis) {
        return new Times(created, accessed, idle, ends, renewed, Math.max(indexed, millis));
    }

    /** Adds a duration that is not negative to a moment, and stops at {@link #NEVER}. */
    public static long later(long moment, long millis) {
        return moment > NEVER - millis ? NEVER : moment + millis;
    }
}
