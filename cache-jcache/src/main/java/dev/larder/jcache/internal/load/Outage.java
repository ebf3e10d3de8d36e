package dev.larder.jcache.internal.load;

import dev.larder.time.Clock;
import java.lang.System.Logger.Level;

/**
 * Tells the log that a source fails while old values are served: once when that begins and once when it is over, and not more
 * often than once a minute, however many calls it concerns.
 */
public final class Outage {

    private static final long LONGEST_SILENCE_MILLIS = 60_000;

    private final String cacheName;
    private final Clock clock;

    /** Whether the last load failed; read without a lock by each load that succeeds. */
    private volatile boolean isOn;

    private long sinceMillis;
    private long failures;
    private boolean isTold;
    private long mayTellFromMillis;

    /** Creates the outage of a source that does not fail yet. */
    public Outage(String cacheName, Clock clock) {
        this.cacheName = cacheName;
        this.clock = clock;
    }

    /** Notes that a load failed, and that an old value is served. */
    synchronized void failed(Throwable cause) {
        failures++;
        if (!isOn) {
            isOn = true;
            sinceMillis = clock.millis();
            failures = 1;
            isTold = sinceMillis >= mayTellFromMillis;
            if (isTold) {
                mayTellFromMillis = sinceMillis + LONGEST_SILENCE_MILLIS;
                logger().log(
                                Level.WARNING,
                                "cache \"" + cacheName + "\": its values cannot be loaded anew; old ones are served",
                                cause);
            }
        }
    }

    /** Notes that a load succeeded. */
    void over() {
        if (isOn) {
            end();
        }
    }

    private synchronized void end() {
        if (isOn && isTold) {
            logger().log(
                            Level.INFO,
                            "cache \"" + cacheName + "\": values can be loaded again, after "
                                    + (clock.millis() - sinceMillis) + " ms and " + failures + " failures");
        }
        isOn = false;
    }

    private static System.Logger logger() {
        return System.getLogger(Outage.class.getName());
    }
}
