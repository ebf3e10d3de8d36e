package dev.larder.annotations.container;

import java.util.Arrays;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes in a JVM of its own and says how they went: the program that {@link ContainerJvm} starts. */
final class ContainerRun {

    /** Before the name of a test that failed. */
    static final String FAILED = "failed: ";

    /** Before how many passed of how many. */
    static final String PASSED = "passed: ";

    private ContainerRun() {}

    /** Runs the classes named. */
    public static void main(String[] classes) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(classes)
                        .map(DiscoverySelectors::selectClass)
                        .toList())
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.getFailures()
                .forEach(failure -> System.out.println(
                        FAILED + failure.getTestIdentifier().getDisplayName() + ": " + failure.getException()));
        System.out.println(PASSED + summary.getTestsSucceededCount() + " of " + summary.getTestsFoundCount());
        System.exit(0); // whatever a container left running
    }
}
