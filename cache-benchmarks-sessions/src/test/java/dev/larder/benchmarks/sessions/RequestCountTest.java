package dev.larder.benchmarks.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.server.RedisServer;
import org.junit.jupiter.api.Test;

class RequestCountTest {

    private static final int PAGES = 300;

    @Test
    void pageThatReadsTheSessionTakesLessThanHalfOfSpringsRequests() throws Exception {
        try (RedisServer redis = RedisServer.start()) {
            double larder = RequestCount.of(Contender.LARDER, redis, PAGES).perPage();
            double spring = RequestCount.of(Contender.SPRING, redis, PAGES).perPage();

            // One to read; and some that each JVM sends once a second, whatever it serves.
            assertThat(larder).isBetween(1.0, 1.2);
            assertThat(larder).isLessThanOrEqualTo(spring / 2);
        }
    }
}
