package dev.larder.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {
    @TempDir
    private Path directory;

    @Test
    void tracesAreFoundByTheirEnding() throws IOException {
        Files.createFile(directory.resolve("b.keys.gz"));
        Files.createFile(directory.resolve("a.keys.gz"));
        Files.createFile(directory.resolve("README.md"));

        assertThat(Traces.in(directory))
                .extracting(Path::getFileName)
                .map(Path::toString)
                .containsExactly("a.keys.gz", "b.keys.gz");
    }

    @Test
    void withoutTheDirectoryThereAreNone() throws IOException {
        assertThat(Traces.in(directory.resolve("absent"))).isEmpty();
    }
}
