package dev.larder.conformance.redis;

import dev.larder.testkit.server.RedisServer;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts a Redis server before the first test and ends it after the last, and tells configuration files where it is: as
 * {@code ${sys:larder.tck.redis}}. Only where a file among the services names this class.
 */
public final class TckServer implements LauncherSessionListener {

    private static final String ADDRESS = "larder.tck.redis";

    private @Nullable RedisServer server;

    /** Creates the listener; JUnit does. */
    public TckServer() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        RedisServer started = RedisServer.start();
        server = started;
        System.setProperty(ADDRESS, started.uri());
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        System.clearProperty(ADDRESS);
        if (server != null) {
            server.close();
        }
    }
}
