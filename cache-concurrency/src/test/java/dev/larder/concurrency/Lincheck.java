package dev.larder.concurrency;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * Tries scenarios of two threads with a few operations each, and looks whether some order of the operations explains what
 * they returned. Long with {@code -Pstress}. The scenarios come from a fixed seed.
 */
final class Lincheck {

    private static final boolean STRESS = Boolean.getBoolean("larder.stress");

    private Lincheck() {}

    /** Lets the threads run as they like. */
    static void stress(Class<?> operations) {
        scenarios(new StressOptions().invocationsPerIteration(STRESS ? 10_000 : 100), STRESS ? 100 : 10)
                .check(operations);
    }

    /**
     * Switches threads at accesses to shared memory, each time elsewhere. Operations must not reach an object of the JDK
     * that holds a lambda of the JDK, because Lincheck looks into what they reach.
     */
    static void modelCheck(Class<?> operations) {
        scenarios(new ModelCheckingOptions().invocationsPerIteration(STRESS ? 3_000 : 50), STRESS ? 200 : 5)
                .check(operations);
    }

    /** Looks as {@link #modelCheck} does in each build for the fault of something that is broken on purpose. */
    static void modelCheckBroken(Class<?> operations) {
        scenarios(new ModelCheckingOptions().invocationsPerIteration(50), 50)
                .minimizeFailedScenario(false)
                .check(operations);
    }

    /** Looks for the fault of something that is broken on purpose while the threads run as they like. */
    static void stressBroken(Class<?> operations) {
        scenarios(new StressOptions().invocationsPerIteration(1_000), 100)
                .minimizeFailedScenario(false)
                .check(operations);
    }

    private static Options<?, ?> scenarios(Options<?, ?> options, int number) {
        return options.iterations(number)
                .threads(2)
                .actorsBefore(1)
                .actorsPerThread(3)
                .actorsAfter(1);
    }
}
