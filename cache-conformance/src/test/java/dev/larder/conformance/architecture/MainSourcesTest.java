package dev.larder.conformance.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainSourcesTest {
    private static final String TCK = "jsr107.tck";

    /** Surefire runs in the folder of the module. */
    private final MainSources larder =
            new MainSources(Path.of("..").toAbsolutePath().normalize());

    @Test
    void larderDoesNotKnowTheTck() {
        assertThat(larder.thatSay(TCK)).isEmpty();
    }

    @Test
    void theSourcesOfEveryModuleAreLookedAt() {
        assertThat(larder.all())
                .map(Path::toString)
                .anyMatch(file -> file.endsWith("cache-core/src/main/java/dev/larder/store/Store.java"))
                .anyMatch(file -> file.endsWith("cache-jcache/src/main/java/module-info.java"))
                .anyMatch(file -> file.contains("cache-jcache/src/main/resources/META-INF/services/"))
                .anyMatch(file -> file.contains("cache-testkit/src/main/"))
                .anyMatch(file -> file.contains("cache-examples/src/main/"))
                .noneMatch(file -> file.contains("/src/test/"));
    }

    @Test
    void mainSourceThatNamesTheTckIsFound(@TempDir Path build) throws IOException {
        Path source =
                write(build.resolve("cache-core/src/main/java/Cheat.java"), "if (in(\"org.jsr107.tck\")) pass();");
        Path resource = write(build.resolve("cache-jcache/src/main/resources/larder.json"), "{ \"jsr107.tck*\": {} }");
        write(build.resolve("cache-core/src/main/java/Fair.java"), "fair();");
        write(build.resolve("cache-conformance/src/test/java/RunTest.java"), "import org.jsr107.tck.Test;");

        assertThat(new MainSources(build).thatSay(TCK)).containsExactlyInAnyOrder(source, resource);
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
