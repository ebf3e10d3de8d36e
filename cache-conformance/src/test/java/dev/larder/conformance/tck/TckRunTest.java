package dev.larder.conformance.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs after the TCK, in an execution of its own (see the pom), and looks at what the TCK left behind. */
class TckRunTest {
    @Test
    void everyTestRanAndPassed() {
        var reports = TckReports.read(Path.of(System.getProperty("larder.tck.reports")));

        assertThat(TckVerdict.complaints(reports, Integer.getInteger("larder.tck.tests")))
                .isEmpty();
    }

    /** The TCK skips its unwrap tests in silence when a class cannot be found. */
    @ParameterizedTest
    @MethodSource
    void unwrapClassExists(String name) {
        assertThatCode(() -> Class.forName(name)).doesNotThrowAnyException();
    }

    static List<String> unwrapClassExists() {
        return List.of(System.getProperty("larder.tck.unwrapped").split(",", -1));
    }
}
