package dev.larder.benchmarks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.benchmarks.subject.Library;
import org.junit.jupiter.api.Test;

class RetentionProbeTest {

    @Test
    void cacheThatDropsEntriesUnaskedIsFoundOut() {
        assertThat(new RetentionProbe(10_000).measure(Library.CACHE2K).get(Probe.SCORE))
                .isLessThan(5_000);
    }

    @Test
    void larderKeepsAll() {
        assertThat(new RetentionProbe(10_000).measure(Library.LARDER).get(Probe.SCORE))
                .isEqualTo(10_000);
    }
}
