package dev.larder.jcache.internal.load;

import java.time.Duration;

/**
 * How many loads may run at once, and how others wait.
 *
 * @param mostAtOnce one or more
 * @param mostWaiting how many loads may wait for their turn, zero or more
 * @param longestWait how long each of them may wait
 * @param isSetting whether a user set it; if not, it counts while a store fails
 */
public record LoadCap(int mostAtOnce, int mostWaiting, Duration longestWait, boolean isSetting) {

    /** As many as the connections that a pool for one application commonly has, so that a source that bore it before does now. */
    private static final int AT_ONCE_WITHOUT_STORE = 16;

    private static final Duration WAIT_WITHOUT_STORE = Duration.ofSeconds(10);

    /** Returns the cap for a cache whose store fails, so that every read is a load. */
    static LoadCap ofFailingStore() {
        return new LoadCap(AT_ONCE_WITHOUT_STORE, Integer.MAX_VALUE, WAIT_WITHOUT_STORE, false);
    }

    /** Returns why a load is refused that may not wait, and what to do. */
    String tooManyWait() {
        return mostAtOnce + " loads run and " + mostWaiting
                + " wait, which is the most, so one more was refused; raise maxWaitingLoads (" + mostWaiting
                + ") if callers can wait, or maxLoads (" + mostAtOnce + ") if the source bears more at once";
    }

    /** Returns why a load is refused that has waited, and what to do. */
    String waitedInVain() {
        return isSetting
                ? "a load waited " + longestWait + " for its turn, as " + mostAtOnce
                        + " run at once and none ended; raise maxLoads (" + mostAtOnce
                        + ") if the source bears more at once, or maxLoadWait (" + longestWait + ") if callers can wait"
                : "its store fails, so only " + mostAtOnce + " loads run at once, and none ended within " + longestWait
                        + "; the source is spared this one";
    }
}
