package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs a named module that requires this one, on the module path of the JDK that runs the tests. No container is on it. */
class ModulePathTest {

    private static final Path SOURCES = Path.of("src", "test", "modules", "shop");

    /** What a program needs that uses the annotations with Larder. */
    private static final Predicate<String> NEEDED = Pattern.compile(
                    "(.*/cache-(annotations|jcache|core)/target/classes|.*/(cache-(annotations|api|jcache|core)|jspecify|caffeine|jackson)-[^/]*[.]jar)")
            .asMatchPredicate();

    @TempDir
    private Path compiled;

    @TempDir
    private Path said;

    @Test
    void moduleThatRequiresThisOneCompilesAndRuns() throws Exception {
        compile();

        Path errors = said.resolve("errors.txt");
        List<String> lines = run(errors);

        assertThat(lines)
                .as(Files.readString(errors))
                .containsExactly(
                        "tea 1", "tea 1", "tea 2", "com.example.shop", "dev.larder.annotations", "dev.larder.jcache");
    }

    private void compile() throws IOException {
        List<String> arguments;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            arguments = Stream.concat(
                            Stream.of(
                                    "-Xlint:-requires-automatic", "--module-path", larder(), "-d", compiled.toString()),
                            files.map(Path::toString).filter(file -> file.endsWith(".java")))
                    .toList();
        }
        StringWriter complaints = new StringWriter();
        int outcome;
        try (PrintWriter writer = new PrintWriter(complaints)) {
            outcome =
                    ToolProvider.findFirst("javac").orElseThrow().run(writer, writer, arguments.toArray(String[]::new));
        }
        assertThat(outcome).as(complaints.toString()).isZero();
    }

    private List<String> run(Path errors) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        compiled + File.pathSeparator + larder(),
                        "--module",
                        "com.example.shop/com.example.shop.Shop")
                .redirectError(errors.toFile())
                .start();
        try (Stream<String> output = process.inputReader(StandardCharsets.UTF_8).lines()) {
            List<String> lines = output.toList();
            assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
            return lines;
        }
    }

    private static String larder() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(NEEDED)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
