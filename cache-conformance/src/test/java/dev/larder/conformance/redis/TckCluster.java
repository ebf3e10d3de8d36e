package dev.larder.conformance.redis;

import dev.larder.testkit.server.SecuredCluster;
import dev.larder.testkit.server.TestCertificates;
import java.util.Map;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts a Redis cluster with TLS before the first test, which ends with the JVM, and tells configuration files what is needed to connect to it
 * as the user for caches: as {@code ${sys:larder.tck.node}} and so on. Only where a file among the services names this class.
 */
public final class TckCluster implements LauncherSessionListener {

    /** Creates the listener; JUnit does. */
    public TckCluster() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Map.of(
                        "larder.tck.node",
                        SecuredCluster.ofThisJvm().seedUris().get(0),
                        "larder.tck.user",
                        SecuredCluster.USER,
                        "larder.tck.password",
                        SecuredCluster.PASSWORD,
                        "larder.tck.authority",
                        TestCertificates.ofThisJvm().authority().toString())
                .forEach(System::setProperty);
    }
}
