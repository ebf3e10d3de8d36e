package dev.larder.annotations.container;

import java.net.URI;
import java.nio.file.Path;
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

    /** Before the name of a class, and how many of its tests passed of how many. */
    static final String PASSED = "passed: ";

    /** Before the name of the jar that the container came from. */
    static final String JAR = "container: ";

    /** The last line. */
    static final String END = "all were run";

    private ContainerRun() {}

    /** Runs the classes named. */
    public static void main(String[] classes) {
        System.out.println(JAR
                + Path.of(URI.create(Container.library()
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .getFileName());
        for (String testClass : classes) {
            run(testClass);
        }
        System.out.println(END);
        System.exit(0); // whatever a container left running
    }

    private static void run(String testClass) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(testClass))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.getFailures()
                .forEach(failure -> System.out.println(
                        FAILED + failure.getTestIdentifier().getDisplayName() + ": " + failure.getException()));
        System.out.println(
                PASSED + testClass + ": " + summary.getTestsSucceededCount() + " of " + summary.getTestsFoundCount());
    }
}
