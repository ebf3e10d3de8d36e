package dev.larder.annotations.internal.load;

/** When a change comes, seen from the call of its method. */
public enum Moment {
    /** While that call is under way: what it does belongs to the methods that its thread is in. */
    IN_CALL,
    /** When the stage that it returned has ended, in whatever thread that is. */
    LATER
}
