package dev.larder.jcache.lifecycle;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** The threads of Larder that came since this was made. */
final class LarderThreads {

    private final Set<Thread> before = all();

    private static Set<Thread> all() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("larder-"))
                .collect(Collectors.toSet());
    }

    Set<Thread> alive() {
        Set<Thread> alive = all();
        alive.removeAll(before);
        return alive;
    }

    /** Waits until none is left; threads that only wait for work would stay longer than this does. */
    void awaitNone() {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(3))
                .until(() -> alive().isEmpty());
    }
}
