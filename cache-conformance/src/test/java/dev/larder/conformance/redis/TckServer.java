package dev.larder.conformance.redis;

import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.SecuredCluster;
import dev.larder.testkit.server.SecuredServer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts a Redis server before the first test and ends it after the last, and tells configuration files where it is, and
 * who is the user for caches: as {@code ${sys:larder.tck.redis}} and so on. Only where a file among the services names this class.
 */
public final class TckServer implements LauncherSessionListener {

    private static final String ADDRESS = "larder.tck.redis";
    private static final String USER = "larder.tck.user";
    private static final String PASSWORD = "larder.tck.password";

    private @Nullable RedisServer server;

    /** Creates the listener; JUnit does. */
    public TckServer() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        RedisServer started = SecuredServer.builder().start();
        server = started;
        System.setProperty(ADDRESS, started.uri());
        System.setProperty(USER, SecuredCluster.USER);
        System.setProperty(PASSWORD, SecuredCluster.PASSWORD);
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        List.of(ADDRESS, USER, PASSWORD).forEach(System::clearProperty);
        if (server != null) {
            server.close();
        }
    }
}
