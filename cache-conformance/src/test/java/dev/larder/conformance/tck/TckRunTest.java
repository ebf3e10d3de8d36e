package dev.larder.conformance.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs after the TCK, in an execution of its own (see the pom), and looks at what the TCK left behind, and at what docs/tck.md says of it. */
class TckRunTest {

    private static final Path PAGE = Path.of("../docs/tck.md");
    private static final Pattern NAME = Pattern.compile("^- `([\\w.]+#\\w+)`", Pattern.MULTILINE);

    @ParameterizedTest
    @EnumSource
    void everyTestRanAndPassed(TckRun run) {
        assertThat(TckVerdict.complaints(run.reports(), run.tests())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void numberIsPublished(TckRun run) throws IOException {
        assertThat(Files.readAllLines(PAGE)).contains(run.row());
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "HEAP")
    void whatIsLeftOutIsPublishedByName(TckRun run) throws IOException {
        List<String> published = NAME.matcher(Files.readString(PAGE))
                .results()
                .map(name -> name.group(1))
                .toList();

        assertThat(run.leftOut()).isEqualTo(published);
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
