package dev.larder.jcache.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.fixture.LoggedLines;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutageTest {

    private static final Throwable CAUSE = new IllegalStateException("the source is down");
    private static final String BEGIN =
            "WARNING cache \"users\": its values cannot be loaded anew; old ones are served";

    private final FakeTime time = new FakeTime();
    private final Outage outage = new Outage("users", time);

    @RegisterExtension
    final LoggedLines log = new LoggedLines(Outage.class.getName());

    @Test
    void beginAndEndAreToldOnceHoweverManyLoadsFail() {
        for (int i = 0; i < 100; i++) {
            outage.failed(CAUSE);
            time.advance(Duration.ofMillis(100));
        }
        outage.over();
        outage.over();

        assertThat(log.lines())
                .containsExactly(
                        BEGIN, "INFO cache \"users\": values can be loaded again, after 10000 ms and 100 failures");
    }

    @Test
    void sourceThatComesAndGoesIsToldOfOnceAMinute() {
        for (int i = 0; i < 120; i++) {
            outage.failed(CAUSE);
            outage.over();
            time.advance(Duration.ofSeconds(1));
        }

        assertThat(log.lines()).filteredOn(BEGIN::equals).hasSize(2);
        assertThat(log.lines()).hasSize(4);
    }
}
