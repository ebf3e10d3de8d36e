package dev.larder.benchmarks.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.server.RedisServer;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestCountTest {

    private static final boolean STRESS = Boolean.getBoolean("larder.stress");
    private static final int PAGES = 300;

    /** Beside the one to read: some that each JVM sends once a second, whatever it serves, and so more of them on a slow machine. */
    private static final double MOST = STRESS ? 1.2 : 1.9;

    /** What is sent by the clock is not counted where the clock may run while nobody is served. */
    private static final Set<String> BY_THE_CLOCK = STRESS ? Set.of() : Set.of("HELLO", "PING");

    private static double perPage(RequestCount count) {
        long requests = count.byCommand().entrySet().stream()
                .filter(command -> !BY_THE_CLOCK.contains(command.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return (double) requests / count.pages();
    }

    @Test
    void pageThatReadsTheSessionTakesLessThanHalfOfSpringsRequests() throws Exception {
        try (RedisServer redis = RedisServer.start()) {
            double larder = perPage(RequestCount.of(Contender.LARDER, redis, PAGES));
            double spring = perPage(RequestCount.of(Contender.SPRING, redis, PAGES));

            assertThat(larder).isBetween(1.0, MOST);
            assertThat(larder).isLessThanOrEqualTo(spring / 2);
        }
    }
}
