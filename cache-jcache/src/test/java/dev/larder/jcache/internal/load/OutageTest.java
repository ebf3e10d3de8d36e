package dev.larder.jcache.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutageTest {

    private static final Throwable CAUSE = new IllegalStateException("the source is down");
    private static final String BEGIN =
            "WARNING cache \"users\": its values cannot be loaded anew; old ones are served";

    private final FakeTime time = new FakeTime();
    private final Outage outage = new Outage("users", time);
    private final List<String> logged = new ArrayList<>();
    private final Logger logger = Logger.getLogger(Outage.class.getName());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    @Test
    void beginAndEndAreToldOnceHoweverManyLoadsFail() {
        for (int i = 0; i < 100; i++) {
            outage.failed(CAUSE);
            time.advance(Duration.ofMillis(100));
        }
        outage.over();
        outage.over();

        assertThat(logged)
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

        assertThat(logged).filteredOn(BEGIN::equals).hasSize(2);
        assertThat(logged).hasSize(4);
    }
}
