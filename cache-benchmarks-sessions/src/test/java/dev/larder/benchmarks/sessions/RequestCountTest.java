package dev.larder.benchmarks.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.server.RedisServer;
import org.junit.jupiter.api.Test;

class RequestCountTest {

    private static final int PAGES = 300;

    /** Beside the one to read: some that each JVM sends once a second, whatever it serves, and so more of them on a slow machine. */
    private static final double MOST = Boolean.getBoolean("larder.stress") ? 1.2 : 1.9;

    @Test
    void pageThatReadsTheSessionTakesLessThanHalfOfSpringsRequests() throws Exception {
        try (RedisServer redis = RedisServer.start()) {
            double larder = RequestCount.of(Contender.LARDER, redis, PAGES).perPage();
            double spring = RequestCount.of(Contender.SPRING, redis, PAGES).perPage();

            assertThat(larder).isBetween(1.0, MOST);
            assertThat(larder).isLessThanOrEqualTo(spring / 2);
        }
    }
}
