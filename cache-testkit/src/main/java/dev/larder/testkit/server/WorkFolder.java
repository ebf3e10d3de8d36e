package dev.larder.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where servers keep their files: below what the build throws away, so that a log can be read after a test, or, if there is
 * no such folder, in a temporary one that goes with the JVM.
 */
final class WorkFolder {

    private static final String NAME = "larder-redis";
    private static final List<String> OF_BUILDS = List.of("target", "build");

    private WorkFolder() {}

    private static final class Holder {

        static final Path SHARED = ofBuild().orElseGet(WorkFolder::temporary).toAbsolutePath();
    }

    /** Returns the folder that all servers of this JVM share, and maybe those of others. It exists. */
    static Path shared() {
        return Holder.SHARED;
    }

    /** Makes a new folder. */
    static Path create(String prefix) {
        try {
            return Files.createTempDirectory(shared(), prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> ofBuild() {
        return OF_BUILDS.stream()
                .map(Path::of)
                .filter(Files::isDirectory)
                .findFirst()
                .map(build -> {
                    try {
                        return Files.createDirectories(build.resolve(NAME));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static Path temporary() {
        try {
            Path folder = Files.createTempDirectory(NAME);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), NAME));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // The system clears its temporary folder some day.
        }
    }
}
