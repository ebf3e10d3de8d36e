package dev.larder.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AirportDemoTest {

    private static final Workload SMALL = new Workload(5_000, 2, 2_000, 2_000, 107);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void smallRunKeepsAllPromises() throws Exception {
        Report report = AirportDemo.run(SMALL, AirportCache::settings, out);

        assertThat(report.failures()).isEmpty();
        assertThat(report.exitStatus()).isZero();
        assertThat(report.direct().timing().lookUps()).isEqualTo(5_000);
        assertThat(report.direct().queries()).isEqualTo(5_000);
        assertThat(report.cached().timing().lookUps()).isEqualTo(5_000);
        assertThat(report.stampedes()).isEqualTo(new Report.Stampedes(Stampede.THREADS, 1));
        assertThat(report.updates().result().staleReads()).isZero();
        assertThat(report.updates().result().updates()).isEqualTo(2_000);
        assertThat(report.updates().lost()).isZero();
        assertThat(text())
                .contains("[6/6]", "look-ups per second", "OK: no stale read")
                .doesNotContain("FAILED");
    }

    @Test
    void cacheAnswersMostLookUpsByItself() throws Exception {
        Report.Column cached =
                AirportDemo.run(SMALL, AirportCache::settings, out).cached();

        // 5,000 draws by this seed are for about 1,700 airports, for which there is room
        assertThat(cached.hits()).isGreaterThan(2_500);
        assertThat(cached.queries()).isPositive().isLessThanOrEqualTo(5_000 - cached.hits());
    }

    @Test
    void staleReadEndsWithStatusOneAndAClearLine() throws Exception {
        Report report = AirportDemo.run(
                SMALL, (table, maximumSize, timeToLive) -> Broken.laggingLoader(table, AirportCsv.readResource()), out);

        assertThat(report.updates().result().staleReads()).isPositive();
        assertThat(report.exitStatus()).isEqualTo(1);
        assertThat(text()).containsPattern("FAILED: [\\d,]+ of [\\d,]+ reads were stale; airport \\w+: got version 0");
        assertThat(text()).doesNotContain("OK:");
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
