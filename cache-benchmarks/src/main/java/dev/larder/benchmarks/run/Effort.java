package dev.larder.benchmarks.run;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long one measurement takes. */
public enum Effort {
    /** For figures to believe, if there are rounds enough: some five seconds in each JVM. */
    FULL(3, 5, 400),
    /** For a look: some three seconds in each JVM. */
    QUICK(2, 2, 500),
    /** Runs each operation once, in this JVM: tells that it works, not how fast. */
    ONCE(0, 1, 0);

    private static final int FEW = 200;

    private final int warmups;
    private final int measurements;
    private final long millis;

    Effort(int warmups, int measurements, long millis) {
        this.warmups = warmups;
        this.measurements = measurements;
        this.millis = millis;
    }

    /** Whether each measurement has a JVM of its own, in which no other library was loaded. */
    boolean isInOwnJvm() {
        return this != ONCE;
    }

    /** Returns how many entries to measure with. */
    int entries(int wanted) {
        return this == ONCE ? Math.min(wanted, FEW) : wanted;
    }

    /** @param warmth how many times as long as usual the code is run before it is measured */
    ChainedOptionsBuilder applyTo(ChainedOptionsBuilder options, int warmth) {
        if (this == ONCE) {
            options.mode(Mode.SingleShotTime);
        }
        return options.forks(isInOwnJvm() ? 1 : 0)
                .warmupIterations(warmups * warmth)
                .warmupTime(TimeValue.milliseconds(millis))
                .measurementIterations(measurements)
                .measurementTime(TimeValue.milliseconds(millis));
    }
}
