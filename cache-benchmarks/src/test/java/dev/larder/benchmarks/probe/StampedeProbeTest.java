package dev.larder.benchmarks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.benchmarks.subject.Library;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StampedeProbeTest {

    @Test
    void loadsOfTheStampedeAreCounted() throws Exception {
        Map<String, Double> found = new StampedeProbe(8, Duration.ofMillis(5)).measure(Library.CAFFEINE);

        assertThat(found.get("loads")).isEqualTo(1);
        assertThat(found.get(Probe.SCORE)).isGreaterThanOrEqualTo(5);
    }
}
