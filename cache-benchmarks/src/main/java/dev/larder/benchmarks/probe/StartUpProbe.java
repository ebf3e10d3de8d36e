package dev.larder.benchmarks.probe;

import dev.larder.benchmarks.subject.Library;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures the milliseconds from the start of {@code main} to the end of the first put, in a JVM with no other library. */
public record StartUpProbe() implements Probe {
    /** A constant, so that {@link StartUp} has it without loading this class. */
    static final String MARK = "nanoseconds to the first put: ";

    @Override
    public Map<String, Double> measure(Library library) throws Exception {
        Artifacts artifacts = Artifacts.ofThisBuild();
        Path home = Files.createTempDirectory("start-up");
        Path program = home.resolve(StartUp.class.getName().replace('.', '/') + ".class");
        try {
            copyProgram(program);
            ChildJvm jvm = new ChildJvm(
                    ClassPath.join(home, artifacts.filesOf(library)),
                    List.of(),
                    StartUp.class,
                    List.of(library.providerClass()));
            return Map.of(SCORE, Long.parseLong(jvm.lineAfter(MARK)) / 1e6);
        } finally {
            delete(home);
        }
    }

    private static void copyProgram(Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream bytes = StartUp.class.getResourceAsStream("StartUp.class")) {
            Files.copy(bytes, target);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
