package dev.larder.annotations.internal.run;

import dev.larder.annotations.internal.load.Moment;

/** What is left to do of a change whose method is called. */
@FunctionalInterface
interface Ending {

    /** Says that the method has returned, or thrown; the stage that it returned may still be under way. */
    default void methodReturned() {}

    /**
     * Ends the change.
     *
     * @param wanted whether the cache is to be changed
     */
    void end(boolean wanted, Moment moment);
}
