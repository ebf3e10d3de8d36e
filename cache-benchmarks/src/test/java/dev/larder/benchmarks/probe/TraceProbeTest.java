package dev.larder.benchmarks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.benchmarks.subject.Library;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceProbeTest {
    @TempDir
    private Path directory;

    private Path trace;

    @BeforeEach
    void writeTrace() throws IOException {
        trace = directory.resolve("made-up.keys.gz");
        try (Writer writer =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(trace)), StandardCharsets.UTF_8)) {
            writer.write("7\n7\n8\n7\n8\n9\n");
        }
    }

    @Test
    void keysAreReadInOrderUpToTheLimit() throws IOException {
        Trace read = Trace.read(trace, 4);

        assertThat(read.keys()).containsExactly(7, 7, 8, 7);
        assertThat(read.distinct()).isEqualTo(2);
    }

    @Test
    void onlyFirstRequestOfEachKeyMissesWhereThereIsRoomForAll() throws Exception {
        Map<String, Double> found = new TraceProbe(trace.toString(), 100, 100).measure(Library.CAFFEINE);

        assertThat(found.get("hit %")).isEqualTo(50);
    }
}
