package dev.larder.jcache.internal.facade;

import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Closes what users gave to a cache, as the standard wants, and goes on if that fails. */
final class Closing {

    private static final System.Logger LOGGER = System.getLogger(Closing.class.getName());

    private Closing() {}

    static void closeAll(String cacheName, Iterable<?> customisations) {
        // one object may have several roles
        Set<Object> closed = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Object each : customisations) {
            if (each instanceof AutoCloseable closeable && closed.add(closeable)) {
                close(cacheName, closeable);
            }
        }
    }

    private static void close(String cacheName, AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Throwable e) {
            // also an error, such as a class that is gone at undeploy: the others must be closed all the same
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOGGER.log(
                    Level.WARNING,
                    "cache \"" + cacheName + "\": " + closeable.getClass().getName() + " could not be closed",
                    e);
        }
    }
}
