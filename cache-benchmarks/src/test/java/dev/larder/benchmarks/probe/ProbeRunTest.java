package dev.larder.benchmarks.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.benchmarks.subject.Library;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProbeRunTest {

    @Test
    void figuresComeBackFromAnotherJvm() throws Exception {
        Map<String, Double> found = ProbeRun.inOwnJvm(new Telling(), Library.MAP);

        assertThat(found).containsEntry(Probe.SCORE, 1.5).containsEntry("of caller", 0.0);
    }

    @Test
    void outputOfAJvmThatFailsIsInTheMessage() {
        assertThatThrownBy(() -> ProbeRun.inOwnJvm(new Failing(), Library.MAP))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("out of luck");
    }

    private record Telling() implements Probe {
        /** Set in the JVM of the test only. */
        private static final String CALLER = "surefire.real.class.path";

        @Override
        public Map<String, Double> measure(Library library) {
            return Map.of(SCORE, 1.5, "of caller", System.getProperty(CALLER) == null ? 0.0 : 1.0);
        }

        @Override
        public List<String> jvmArguments() {
            return List.of("-Xmx64m");
        }
    }

    private record Failing() implements Probe {
        @Override
        public Map<String, Double> measure(Library library) {
            throw new IllegalArgumentException("out of luck");
        }
    }
}
