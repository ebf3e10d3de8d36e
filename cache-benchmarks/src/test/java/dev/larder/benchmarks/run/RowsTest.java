package dev.larder.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.larder.benchmarks.subject.Library;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Measures everything once: it tells that each row works with each library, not how fast. */
class RowsTest {
    /** These take seconds to start, so not every row does. */
    private static final Set<Library> SLOW_TO_START = EnumSet.of(Library.HAZELCAST, Library.INFINISPAN);

    /** With large values a row does what it does with small ones; these show that they are measured at all. */
    private static final String LARGE = "-2000";

    private static final Set<String> SOME_LARGE = Set.of("remote-get" + LARGE, "remote-put" + LARGE);

    private static final Set<String> ROWS_FOR_ALL = Set.of("get-bounded", "mix", "by-value-bean", "plain-keeps");

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource
    @Timeout(
            value = 10,
            unit = TimeUnit.MINUTES,
            threadMode = ThreadMode.SEPARATE_THREAD) // some libraries can deadlock
    void rowMeasuresLibrary(String id, Library library, Measure measure) throws Exception {
        Sample sample = measure.take(library, Effort.ONCE);

        // not positive: so few entries take less heap than a collection frees by the way
        assertThat(sample.score()).isFinite();
    }

    static Stream<Arguments> rowMeasuresLibrary() {
        return Rows.all(List.of()).stream()
                .filter(RowsTest::isTried)
                .flatMap(row -> row.libraries().stream()
                        .filter(library -> ROWS_FOR_ALL.contains(row.id()) || !SLOW_TO_START.contains(library))
                        .map(library -> arguments(row.id(), library, row.measure())));
    }

    private static boolean isTried(Row row) {
        return Boolean.getBoolean("larder.stress") || !row.id().endsWith(LARGE) || SOME_LARGE.contains(row.id());
    }

    @Test
    void traceIsReplayed(@TempDir Path directory) throws Exception {
        Path trace = directory.resolve("few.keys.gz");
        writeTrace(trace, "1", "2", "1", "1", "3", "1");

        List<Row> rows = Rows.all(List.of(trace)).stream()
                .filter(row -> row.id().startsWith("trace-few-"))
                .toList();
        Sample sample = rows.get(0).measure().take(Library.CAFFEINE, Effort.ONCE);

        assertThat(rows).extracting(Row::id).containsExactly("trace-few-1", "trace-few-5", "trace-few-10");
        assertThat(sample.details()).containsKey("hit %");
    }

    @Test
    void layerBelowIsMeasuredIfItIsNamed() throws Exception {
        for (Row row : Rows.all(List.of())) {
            if (Set.of("get-bounded", "get-created", "put", "replace", "get-all")
                    .contains(row.id())) {
                assertThat(row.measure().take(Library.LARDER_STORE, Effort.ONCE).score())
                        .isPositive();
            }
        }
    }

    @Test
    void namesOfRowsDiffer() {
        assertThat(Rows.all(List.of())).extracting(Row::id).doesNotHaveDuplicates();
    }

    private static void writeTrace(Path file, String... keys) throws IOException {
        try (Writer writer =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            writer.write(String.join("\n", keys));
        }
    }
}
