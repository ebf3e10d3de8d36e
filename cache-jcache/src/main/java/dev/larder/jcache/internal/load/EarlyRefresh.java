package dev.larder.jcache.internal.load;

import dev.larder.time.Clock;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a read now and then renew a value before its time is over, the likelier the nearer that is and the longer loads take;
 * so that of many readers, and of many JVMs, about one does. After A. Vattani, F. Chierichetti and K. Lowenstein, "Optimal
 * Probabilistic Cache Stampede Prevention", VLDB 2015. Safe for use by many threads.
 */
public final class EarlyRefresh {

    /** What part a load has in the average of those before. */
    private static final double WEIGHT = 1.0 / 8;

    private final double beta;
    private final Clock clock;
    private final DoubleSupplier random;

    /** How long a load takes, in milliseconds: a moving average; zero until the first has ended. */
    private volatile double meanMillis;

    /**
     * Creates it for a cache that has loaded nothing yet.
     *
     * @param beta how eager it is; the paper's optimum is 1
     * @param random returns numbers that are spread evenly over those above 0 up to 1
     */
    public EarlyRefresh(double beta, Clock clock, DoubleSupplier random) {
        this.beta = beta;
        this.clock = clock;
        this.random = random;
    }

    /** Whether the one who reads an entry that is fresh for so long still is to renew it. */
    boolean isDue(long freshMillis) {
        return -meanMillis * beta * Math.log(random.getAsDouble()) >= freshMillis;
    }

    /** Does a load, and takes account of how long it took unless it fails. */
    <R extends @Nullable Object> R time(Supplier<R> load) {
        long start = clock.nanos();
        R loaded = load.get();
        note((clock.nanos() - start) / 1e6);
        return loaded;
    }

    private synchronized void note(double millis) {
        meanMillis = meanMillis == 0 ? millis : meanMillis + (millis - meanMillis) * WEIGHT;
    }
}
