package dev.larder.testkit;

import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Takes a failure back if it may be the machine's: a test of deadlines, of a store on a clock of its own, has found out nothing
 * if what it did beside sleeping took longer than the store may be wrong. Races are judged in any case.
 */
final class SlowMachine implements TestExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (!context.getTags().contains("race") && context.getRequiredTestInstance() instanceof StoreFixture fixture) {
            Duration lag = fixture.lag();
            if (lag.compareTo(fixture.contract.tolerance()) > 0) {
                throw new TestAbortedException(
                        "the machine was too slow to tell: what the test did beside sleeping took " + lag.toMillis()
                                + " ms, and the tolerance is "
                                + fixture.contract.tolerance().toMillis() + " ms",
                        failure);
            }
        }
        throw failure;
    }
}
