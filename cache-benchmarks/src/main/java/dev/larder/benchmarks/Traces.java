package dev.larder.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Real access traces, which are no part of the project: rows that replay them are there if they are. */
final class Traces {
    /** Names their directory. */
    static final String PROPERTY = "larder.traces";

    private static final String ENDING = ".keys.gz";

    private Traces() {}

    /** Returns the directory that the property names, else the one beside the project. */
    static Path directory(Path project) {
        String named = System.getProperty(PROPERTY, "");
        return named.isEmpty() ? project.resolveSibling("shared").resolve("traces") : Path.of(named);
    }

    /** Returns the traces in a directory, none if there is no such directory. */
    static List<Path> in(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }
}
